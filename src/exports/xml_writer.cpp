#include "exports/xml_writer.hpp"

#include <libxml/xmlIO.h>
#include <libxml/xmlwriter.h>

#include <new>
#include <ostream>
#include <string>

#include "exports/escape.hpp"

namespace twosource::exports {
namespace {

int write_bytes(void* context, const char* bytes, int size) {
  static_cast<std::ostream*>(context)->write(bytes, size);
  return size;
}

int leave_open(void*) { return 0; }

const xmlChar* chars(const char* s) { return reinterpret_cast<const xmlChar*>(s); }

}  // namespace

XmlWriter::XmlWriter(std::ostream& out) : writer_(nullptr) {
  xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(write_bytes, leave_open, &out, nullptr);
  if (buffer != nullptr) writer_ = xmlNewTextWriter(buffer);
  if (writer_ == nullptr) throw std::bad_alloc();
  xmlTextWriterSetIndent(writer_, 1);
  xmlTextWriterStartDocument(writer_, "1.0", "UTF-8", nullptr);
}

XmlWriter::~XmlWriter() { xmlFreeTextWriter(writer_); }

void XmlWriter::open(const char* name) { xmlTextWriterStartElement(writer_, chars(name)); }

void XmlWriter::attribute(const char* name, std::string_view value) {
  const std::string clean = xml_text(value);
  xmlTextWriterWriteAttribute(writer_, chars(name), chars(clean.c_str()));
}

void XmlWriter::text(std::string_view value) {
  const std::string clean = xml_text(value);
  xmlTextWriterWriteString(writer_, chars(clean.c_str()));
}

void XmlWriter::close() { xmlTextWriterEndElement(writer_); }

void XmlWriter::element(const char* name, std::string_view value) {
  open(name);
  text(value);
  close();
}

void XmlWriter::finish() {
  xmlTextWriterEndDocument(writer_);
  xmlTextWriterFlush(writer_);
}

}  // namespace twosource::exports
