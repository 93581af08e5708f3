#include <fmt/format.h>

#include "cli/outline.hpp"
#include "text/join.hpp"

namespace twosource::cli {
namespace {

// Text that groff sets as it stands: no line of it is a request, dashes can be copied.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

// "\fB\-o\fR, \fB\-\-output\fR \fIVALUE\fR"
std::string heading_of(const OptionOutline& o) {
  if (!o.positional.empty())
    return fmt::format("\\fI{}\\fR{}", roff(o.positional), o.many ? "…" : "");
  std::string out;
  const auto add = [&](const std::string& dashed) {
    out += fmt::format("{}\\fB{}\\fR", out.empty() ? "" : ", ", roff(dashed));
  };
  for (const std::string& name : o.short_names) add("-" + name);
  for (const std::string& name : o.long_names) add("--" + name);
  if (!o.takes_value) return out;
  if (o.choices.empty()) return out + " \\fIVALUE\\fR";
  return out + ' ' + roff(joined(o.choices, "|"));
}

std::string section_of(const CommandOutline& command) {
  std::string out = fmt::format(".SS {}\n{}.\n", roff(command.name), roff(command.description));
  for (const OptionOutline& o : command.options) {
    out += fmt::format(".TP\n{}\n{}.\n", heading_of(o), roff(o.description));
  }
  if (!command.footer.empty()) out += fmt::format(".PP\n.EX\n{}\n.EE\n", roff(command.footer));
  return out;
}

}  // namespace

std::string to_manual(const Outline& outline) {
  std::string out = fmt::format(
      ".TH TWOSOURCE 1 \"\" \"{0}\" \"User Commands\"\n"
      ".SH NAME\ntwosource \\- cross\\-check what news articles report\n"
      ".SH SYNOPSIS\n.B twosource\n.I COMMAND\n[\\fIOPTION\\fR…] [\\fIINPUT\\fR…]\n"
      ".SH DESCRIPTION\n{1}\n.PP\n"
      "Inputs are files, folders, \\- for standard input, JSON Lines, HTML or plain text, web "
      "archives,\n"
      "feeds, mails; .gz and .zst are opened. Standard output is data, standard error is talk.\n"
      ".SH COMMANDS\n",
      roff(outline.version), roff(outline.description));
  for (const CommandOutline& command : outline.commands) out += section_of(command);
  out +=
      ".SH EXIT STATUS\n"
      ".TP\n0\ndone\n.TP\n1\nfailed\n.TP\n2\nwrong usage\n.TP\n3\na check did not hold\n"
      ".TP\n4\nsome inputs were skipped, each named on standard error\n";
  return out;
}

}  // namespace twosource::cli
