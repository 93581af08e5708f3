#include "record/sqlite.hpp"

#include <fmt/format.h>

#include "record/packed.hpp"

namespace twosource::record {

Database::Database(const std::string& path, Mode mode) : path_(path) {
  const int flags =
      mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const std::string reason = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
    sqlite3_close_v2(handle_);
    handle_ = nullptr;
    throw IoError(fmt::format("{}: {}", path, reason));
  }
  register_functions(handle_);
  sqlite3_busy_timeout(handle_, 5000);  // milliseconds: another process may be adding
}

void Database::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("record");
}

std::int64_t Database::number(const char* sql) {
  Statement s(*this, sql);
  return s.step() ? s.number(0) : 0;
}

void Database::fail(std::string_view doing) const {
  throw IoError(fmt::format("{}: {} ({})", path_, sqlite3_errmsg(handle_), doing));
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle_,
                           nullptr));
}

Statement& Statement::check(int code) {
  if (code != SQLITE_OK) database_.fail("statement");
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  return check(sqlite3_bind_text64(handle_, next_++, text.data() == nullptr ? "" : text.data(),
                                   text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}
Statement& Statement::bind(std::int64_t number) {
  return check(sqlite3_bind_int64(handle_, next_++, number));
}
Statement& Statement::bind(double number) {
  return check(sqlite3_bind_double(handle_, next_++, number));
}
Statement& Statement::bind_or_null(std::string_view text) {
  return text.empty() ? check(sqlite3_bind_null(handle_, next_++)) : bind(text);
}

Statement& Statement::bind_blob(std::string_view bytes) {
  return check(sqlite3_bind_blob64(handle_, next_++, bytes.data() == nullptr ? "" : bytes.data(),
                                   bytes.size(), SQLITE_TRANSIENT));
}
Statement& Statement::bind_null() { return check(sqlite3_bind_null(handle_, next_++)); }

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    reset();  // the next values may have more luck; the reason stays
    database_.fail("statement");
  }
  return code == SQLITE_ROW;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  next_ = 1;
}

std::string_view Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

}  // namespace twosource::record
