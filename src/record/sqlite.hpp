#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "text/error.hpp"

namespace twosource::record {

// An open SQLite database. Everything that fails throws IoError with the file and SQLite's reason.
class Database {
 public:
  enum class Mode : unsigned char { ReadWrite, ReadOnly };
  Database(const std::string& path, Mode mode);
  ~Database() { sqlite3_close_v2(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const char* sql);
  // First column of the first row as a number; 0 when there is no row.
  [[nodiscard]] std::int64_t number(const char* sql);
  [[noreturn]] void fail(std::string_view doing) const;
  [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
  sqlite3* handle_ = nullptr;
};

// A prepared statement. Values are bound in order; a column's view is valid until the next step.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  Statement& bind(double number);
  Statement& bind_blob(std::string_view bytes);
  Statement& bind_null();
  // Empty text as NULL.
  Statement& bind_or_null(std::string_view text);
  // True while there is a row.
  [[nodiscard]] bool step();
  // Runs a statement that gives no rows and makes it ready for the next values.
  void run();
  // Makes it ready for the next values.
  void reset();
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
  [[nodiscard]] int columns() const { return sqlite3_column_count(handle_); }

 private:
  Statement& check(int code);
  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
  int next_ = 1;
};

// Rolls back unless commit() was reached.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {
    database.execute("BEGIN IMMEDIATE");
  }
  ~Transaction() {
    if (!committed_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    database_.execute("COMMIT");
    committed_ = true;
  }

 private:
  Database& database_;
  bool committed_ = false;
};

}  // namespace twosource::record
