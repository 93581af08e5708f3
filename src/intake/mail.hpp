#pragma once

#include <string>
#include <string_view>

#include "intake/item.hpp"
#include "text/error.hpp"

namespace twosource::intake {

// Do the first lines look like the head of a mail (RFC 5322): fields in a row, From and a date or
// subject among them?
[[nodiscard]] bool looks_like_mail(std::string_view head);

// The text of a mail: its HTML part, else its plain one, found through nested multiparts (RFC 2045
// and 2046; at most 8 deep, 200 parts), transfer encodings opened, charsets decoded. Subject,
// sender and date come as headline, publisher and date. Refuses mails without a text part. Linear.
[[nodiscard]] Result<Item> read_mail(std::string_view bytes);

// "=?utf-8?Q?F=C3=A4hre?= legt an" as UTF-8 (RFC 2047).
[[nodiscard]] std::string decode_words(std::string_view header);

}  // namespace twosource::intake
