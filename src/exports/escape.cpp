#include "exports/escape.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include "text/utf8.hpp"

namespace twosource::exports {
namespace {

constexpr std::size_t kIcsLine = 75;  // octets, RFC 5545, 3.1

bool is_control(char32_t c) { return c < 0x20 || c == 0x7F; }

bool is_xml_char(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c < 0xD800 || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

// Line breaks beside CR and LF that readers cut lines at (Unicode, UAX 14: BK, NL).
bool is_line_break(char32_t c) {
  return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

bool starts_formula(char32_t c) {
  return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xFF1D || c == 0xFF0B ||
         c == 0xFF0D || c == 0xFF20;
}

bool wants_guard(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] == '\'' || text[0] == '\t' || text[0] == '\r') return true;
  std::size_t at = 0;
  while (at < text.size()) {
    const char32_t c = utf8::decode(text, at);
    if (!utf8::is_space(c) && !is_control(c) && c != 0xFEFF && c != 0x200B) {
      return starts_formula(c);
    }
  }
  return false;
}

std::string_view latex_command(char32_t c) {
  switch (c) {
    case '{':
      return "\\textbraceleft{}";
    case '}':
      return "\\textbraceright{}";
    case '\\':
      return "\\textbackslash{}";
    case '~':
      return "\\textasciitilde{}";
    case '^':
      return "\\textasciicircum{}";
    case '$':
      return "\\$";
    case '&':
      return "\\&";
    case '%':
      return "\\%";
    case '#':
      return "\\#";
    case '_':
      return "\\_";
    default:
      return {};
  }
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool stands_in_uri(unsigned char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("-._~:/?#[]@!$&'()*+,;=").find(static_cast<char>(c)) !=
         std::string_view::npos;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    utf8::append(out, is_xml_char(c) ? c : utf8::kReplacement);
  }
  return out;
}

std::string csv_cell(std::string_view text, Formulas formulas) {
  std::string out;
  out.reserve(text.size() + 2);
  bool quoted = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (formulas == Formulas::Guard && wants_guard(text)) out += '\'';
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    const bool kept = c == '\t' || c == '\n' || c == '\r' || !is_control(c);
    if (c == '"') out += '"';
    quoted = quoted || c == '"' || c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r';
    utf8::append(out, kept ? c : utf8::kReplacement);
  }
  return quoted ? '"' + out + '"' : out;
}

std::string ics_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    if (is_line_break(c)) {
      if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += static_cast<char>(c);
    } else {
      utf8::append(out, is_control(c) && c != '\t' ? utf8::kReplacement : c);
    }
  }
  return out;
}

std::string ics_line(std::string_view name, std::string_view value) {
  const std::string line = fmt::format("{}:{}", name, value);
  std::string out;
  out.reserve(line.size() + line.size() / 24 + 2);
  std::size_t used = 0;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t next = at;
    (void)utf8::decode(line, next);
    if (used + (next - at) > kIcsLine) {
      out += "\r\n ";
      used = 1;
    }
    out.append(line, at, next - at);
    used += next - at;
    at = next;
  }
  return out + "\r\n";
}

std::string bibtex_text(std::string_view text) {
  std::string out;
  const std::string squeezed = utf8::squeeze(text);
  for (std::size_t at = 0; at < squeezed.size();) {
    const char32_t c = utf8::decode(squeezed, at);
    if (is_control(c)) continue;
    if (const std::string_view command = latex_command(c); !command.empty()) {
      out += command;
    } else {
      utf8::append(out, c);
    }
  }
  return out;
}

std::string web_address(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string out;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const auto byte = static_cast<unsigned char>(url[i]);
    const bool encoded =
        byte == '%' && i + 2 < url.size() && is_hex(url[i + 1]) && is_hex(url[i + 2]);
    if (encoded || stands_in_uri(byte)) {
      out += url[i];
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

std::string uuid_urn(std::string_view key) {
  XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  hash.high64 = (hash.high64 & 0xFFFFFFFFFFFF0FFFULL) | 0x8000ULL;            // version 8
  hash.low64 = (hash.low64 & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL;  // variant 10
  return fmt::format("urn:uuid:{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", hash.high64 >> 32,
                     (hash.high64 >> 16) & 0xFFFF, hash.high64 & 0xFFFF, hash.low64 >> 48,
                     hash.low64 & 0xFFFFFFFFFFFFULL);
}

}  // namespace twosource::exports
