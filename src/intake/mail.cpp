#include "intake/mail.hpp"

#include <algorithm>

#include "intake/encoding.hpp"
#include "intake/http_message.hpp"
#include "text/utf8.hpp"

namespace twosource::intake {
namespace {

constexpr int kMaxDepth = 8;
constexpr int kMaxParts = 200;
constexpr std::size_t kMaxHead = 256U << 10U;  // bytes of the head of a mail or a part

struct Head {
  std::string from;
  std::string subject;
  std::string date;
  std::string content_type;
  std::string encoding;
  std::string disposition;
};

// Reads the fields, folded lines joined, and moves `bytes` behind the empty line.
Head take_head(std::string_view& bytes) {
  Head head;
  std::string* last = nullptr;
  std::size_t at = 0;
  while (at < std::min(bytes.size(), kMaxHead)) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = end + 1;
    if (line.empty()) break;
    if (line[0] == ' ' || line[0] == '\t') {
      if (last != nullptr) last->append(" ").append(utf8::trim(line));
      continue;
    }
    last = nullptr;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = utf8::lower(line.substr(0, colon));
    if (name == "from") last = &head.from;
    if (name == "subject") last = &head.subject;
    if (name == "date") last = &head.date;
    if (name == "content-type") last = &head.content_type;
    if (name == "content-transfer-encoding") last = &head.encoding;
    if (name == "content-disposition") last = &head.disposition;
    if (last != nullptr) *last = std::string(utf8::trim(line.substr(colon + 1)));
  }
  bytes.remove_prefix(std::min(at, bytes.size()));
  return head;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = static_cast<char>(c | 32);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

// RFC 2045, section 6.7; `words`: the form of headers, where _ is a blank (RFC 2047, section 4.2).
std::string quoted_printable(std::string_view in, bool words) {
  std::string out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i] == '_' && words) {
      out += ' ';
    } else if (in[i] != '=') {
      out += in[i];
    } else if (i + 2 < in.size() && hex(in[i + 1]) >= 0 && hex(in[i + 2]) >= 0) {
      out += static_cast<char>(hex(in[i + 1]) * 16 + hex(in[i + 2]));
      i += 2;
    } else if (i + 1 < in.size() && (in[i + 1] == '\n' || in[i + 1] == '\r')) {
      i += in[i + 1] == '\r' && i + 2 < in.size() && in[i + 2] == '\n' ? 2U : 1U;
    } else if (i + 2 == in.size() && hex(in[i + 1]) >= 0 && words) {
      out += in[i];
    } else {
      out += in[i];
    }
  }
  return out;
}

// RFC 4648; what is no digit of it is passed over.
std::string base64(std::string_view in) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : in) {
    int v = -1;
    if (c >= 'A' && c <= 'Z') v = c - 'A';
    if (c >= 'a' && c <= 'z') v = c - 'a' + 26;
    if (c >= '0' && c <= '9') v = c - '0' + 52;
    if (c == '+' || c == '-') v = 62;
    if (c == '/' || c == '_') v = 63;
    if (c == '=') break;
    if (v < 0) continue;
    bits = (bits << 6U | static_cast<unsigned>(v)) & 0xFFFFFFU;
    if (++count % 4 == 1) continue;
    const int shift = count % 4 == 2 ? 4 : count % 4 == 3 ? 2 : 0;
    out += static_cast<char>(bits >> static_cast<unsigned>(shift) & 0xFFU);
  }
  return out;
}

// The value of a parameter: boundary="…".
std::string parameter(std::string_view field, std::string_view name) {
  const std::string lower = utf8::lower(field);
  const std::string key = std::string(name) + '=';
  const std::size_t found = lower.find(key);
  if (found == std::string::npos || lower.size() != field.size()) return {};
  std::string_view value = field.substr(found + key.size());
  if (value.starts_with('"')) {
    value.remove_prefix(1);
    return std::string(value.substr(0, value.find('"')));
  }
  return std::string(value.substr(0, value.find_first_of("; \t")));
}

// Finds the best text part.
class PartFinder {
 public:
  void part(const Head& head, std::string_view body, int depth) {
    std::string type;
    std::string charset;
    read_content_type(head.content_type, type, charset);
    if (type.empty()) type = "text/plain";
    const std::string boundary = parameter(head.content_type, "boundary");
    if (type.starts_with("multipart/") && !boundary.empty()) {
      if (depth < kMaxDepth) parts(body, boundary, depth);
      return;
    }
    if (type == "message/rfc822" && depth < kMaxDepth) {
      const Head inner = take_head(body);
      return part(inner, body, depth + 1);
    }
    if (utf8::lower(head.disposition).starts_with("attachment")) return;
    const int rank = type == "text/html" ? 2 : type == "text/plain" ? 1 : 0;
    if (rank <= rank_) return;
    const std::string encoding = utf8::lower(head.encoding);
    std::string bytes = encoding == "base64"             ? base64(body)
                        : encoding == "quoted-printable" ? quoted_printable(body, false)
                                                         : std::string(body);
    std::string text = decode(std::move(bytes), charset).text;
    if (utf8::trim(text).empty()) return;
    rank_ = rank;
    text_ = std::move(text);
  }

  [[nodiscard]] bool html() const { return rank_ == 2; }
  [[nodiscard]] bool found() const { return rank_ > 0; }
  std::string take() { return std::move(text_); }

 private:
  void parts(std::string_view body, const std::string& boundary, int depth) {
    const std::string line = "--" + boundary;
    std::size_t begin = std::string_view::npos;  // of the current part
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t end = std::min(body.find('\n', at), body.size());
      if (body.substr(at, line.size()) == line) {
        if (begin != std::string_view::npos) {
          if (++count_ > kMaxParts) return;
          std::string_view inner = body.substr(begin, at - begin);
          const Head head = take_head(inner);
          part(head, inner, depth + 1);
        }
        if (body.substr(at + line.size(), 2) == "--") return;
        begin = end + 1;
      }
      at = end + 1;
    }
    if (begin != std::string_view::npos && begin < body.size() && ++count_ <= kMaxParts) {
      std::string_view inner = body.substr(begin);  // cut short: no last boundary
      const Head head = take_head(inner);
      part(head, inner, depth + 1);
    }
  }

  int rank_ = 0;
  int count_ = 0;
  std::string text_;
};

// The name in "Elbblatt <news@elb.example>", else the address.
std::string sender(std::string_view from) {
  const std::string decoded = decode_words(from);
  std::string_view name = utf8::trim(std::string_view(decoded).substr(0, decoded.find('<')));
  while (name.starts_with('"')) name.remove_prefix(1);
  while (name.ends_with('"')) name.remove_suffix(1);
  return std::string(name);
}

}  // namespace

std::string decode_words(std::string_view header) {
  std::string out;
  bool after_word = false;
  while (!header.empty()) {
    const std::size_t start = header.find("=?");
    const std::size_t charset =
        start == std::string_view::npos ? start : header.find('?', start + 2);
    const std::size_t form = charset == std::string_view::npos ? charset : charset + 1;
    const bool shaped = form != std::string_view::npos && form + 1 < header.size() &&
                        header[form + 1] == '?' &&
                        std::string_view("qQbB").find(header[form]) != std::string_view::npos;
    const std::size_t end = shaped ? header.find("?=", form + 2) : std::string_view::npos;
    if (end == std::string_view::npos) break;
    const std::string_view between = header.substr(0, start);
    // Blanks between two encoded words belong to neither.
    if (!after_word || !utf8::trim(between).empty()) out += utf8::sanitise(between);
    const std::string_view data = header.substr(form + 2, end - form - 2);
    const bool q = (header[form] | 32) == 'q';
    std::string name(header.substr(start + 2, charset - start - 2));
    out += decode(q ? quoted_printable(data, true) : base64(data), utf8::lower(name)).text;
    header.remove_prefix(end + 2);
    after_word = true;
  }
  if (!after_word || !utf8::trim(header).empty()) out += utf8::sanitise(header);
  return utf8::squeeze(out);
}

bool looks_like_mail(std::string_view head) {
  bool from = false;
  bool other = false;
  std::size_t at = 0;
  for (int lines = 0; lines < 100 && at < head.size(); ++lines) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    at = end + 1;
    if (utf8::trim(line).empty()) break;
    if (line[0] == ' ' || line[0] == '\t') continue;
    const std::size_t colon = line.find(':');
    const bool field = colon != std::string_view::npos && colon > 0 &&
                       line.substr(0, colon).find_first_of(" \t") == std::string_view::npos;
    if (!field) return false;
    const std::string name = utf8::lower(line.substr(0, colon));
    from = from || name == "from";
    other = other || name == "date" || name == "subject" || name == "mime-version";
  }
  return from && other;
}

Result<Item> read_mail(std::string_view bytes) {
  const Head head = take_head(bytes);
  PartFinder finder;
  finder.part(head, bytes, 0);
  if (!finder.found()) return tl::unexpected(Error{"mail without a text part", {}});
  Item item;
  item.headline = decode_words(head.subject);
  item.publisher = sender(head.from);
  item.published = head.date;
  item.html = finder.html();
  item.content = finder.take();
  return item;
}

}  // namespace twosource::intake
