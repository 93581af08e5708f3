#pragma once

#include <iosfwd>
#include <string_view>

struct _xmlTextWriter;

namespace twosource::exports {

// Writes one XML 1.0 document in UTF-8 to a stream (libxml2's text writer). Everything given passes
// xml_text and the writer's escaping, CR as a character reference, so that a reader gets the same
// characters back. The stream must outlive the writer; its state tells of failed writes.
class XmlWriter {
 public:
  explicit XmlWriter(std::ostream& out);
  ~XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  // Names are literals of ours.
  void open(const char* name);
  void attribute(const char* name, std::string_view value);
  void text(std::string_view value);
  void close();
  // open, text, close.
  void element(const char* name, std::string_view value);
  // Closes what is open and flushes.
  void finish();

 private:
  _xmlTextWriter* writer_;
};

}  // namespace twosource::exports
