#include "desk/sidecar.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "text/bytes.hpp"

namespace twosource::desk {
namespace {

constexpr std::string_view kMagic = "2srcdesk";
constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kHead = 8 + 4 + 8;
constexpr std::size_t kFrameHead = 1 + 4 + 8;
constexpr std::size_t kArticlesAFrame = 512;
// Twice the level costs four times the time and saves a tenth: signatures are mostly hashes.
constexpr int kLevel = 1;
// What claims to be larger is damaged.
constexpr unsigned long long kLargest = 1ULL << 31U;

class File {
 public:
  File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int fd() const noexcept { return fd_; }
  [[nodiscard]] bool write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

 private:
  int fd_;
};

void add_frame(std::string& out, char kind, std::string_view plain) {
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), kLevel);
  if (ZSTD_isError(size) != 0) return;  // a frame less: what is read does not add up
  packed.resize(size);
  ByteWriter head;
  head.u8(static_cast<std::uint8_t>(kind));
  head.u32(static_cast<std::uint32_t>(size));
  head.u64(XXH3_64bits(packed.data(), packed.size()));
  out += head.take();
  out += packed;
}

std::optional<std::string> opened(std::string_view packed, std::uint64_t hash) {
  if (XXH3_64bits(packed.data(), packed.size()) != hash) return std::nullopt;
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size > kLargest) return std::nullopt;
  std::string plain(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(plain.data(), plain.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != plain.size()) return std::nullopt;
  return plain;
}

bool read_articles(std::string_view plain, std::unordered_map<std::string, Sidecar::Entry>& out) {
  ByteReader in(plain);
  for (std::uint32_t n = in.u32(); n > 0; --n) {
    Sidecar::Entry e;
    e.stamp = static_cast<std::int64_t>(in.u64());
    e.hash = in.u64();
    auto copies = reuse::signature_from_bytes(in.view());
    auto events = story::signature_from_bytes(in.view());
    if (!copies || !events || copies->id != events->id) return false;
    e.signs = {std::move(*copies), std::move(*events)};
    std::string id = e.signs.copies.id;
    out.insert_or_assign(std::move(id), std::move(e));
  }
  return in.done();
}

std::string state_bytes(const Sidecar::State& s, std::size_t articles) {
  ByteWriter out;
  out.u64(articles);
  out.u64(static_cast<std::uint64_t>(s.generation));
  out.u32(static_cast<std::uint32_t>(s.corrections.size()));
  for (const auto& [id, hash] : s.corrections)
    out.u64(static_cast<std::uint64_t>(id)), out.u64(hash);
  out.text(s.copies);
  out.text(s.events);
  return out.take();
}

bool read_state(std::string_view plain, std::size_t articles, Sidecar::State& out) {
  ByteReader in(plain);
  const bool adds_up = in.u64() == articles;
  out.generation = static_cast<std::int64_t>(in.u64());
  out.corrections.clear();
  for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) {
    const auto id = static_cast<std::int64_t>(in.u64());
    out.corrections.emplace_back(id, in.u64());
  }
  out.copies = in.text();
  out.events = in.text();
  return in.done() && adds_up;
}

// A frame in the file, its bytes still packed.
struct Frame {
  char kind = 0;
  std::uint64_t hash = 0;
  std::string_view packed;
};

// The frames up to the last 's'.
std::vector<Frame> frames_in(std::string_view rest) {
  std::vector<Frame> out;
  std::size_t last = 0;
  while (rest.size() >= kFrameHead) {
    ByteReader in(rest);
    Frame f;
    f.kind = static_cast<char>(in.u8());
    const std::uint32_t size = in.u32();
    f.hash = in.u64();
    if (rest.size() - kFrameHead < size) break;
    f.packed = rest.substr(kFrameHead, size);
    rest.remove_prefix(kFrameHead + size);
    out.push_back(f);
    if (f.kind == 's') last = out.size();
  }
  out.resize(last);
  return out;
}

}  // namespace

std::optional<Sidecar::Content> Sidecar::read() {
  inode_ = size_ = base_ = 0;
  const File file(path_, O_RDONLY);
  struct stat about {};
  if (file.fd() < 0 || ::flock(file.fd(), LOCK_SH) != 0 || ::fstat(file.fd(), &about) != 0) {
    return std::nullopt;
  }
  std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::read(file.fd(), bytes.data() + at, bytes.size() - at);
    if (n <= 0) return std::nullopt;
    at += static_cast<std::size_t>(n);
  }
  ByteReader head(std::string_view(bytes).substr(0, kHead));
  for (const char c : kMagic) {
    if (static_cast<char>(head.u8()) != c) return std::nullopt;
  }
  if (head.u32() != kFormat || head.u64() != program_) return std::nullopt;
  const std::vector<Frame> frames = frames_in(std::string_view(bytes).substr(kHead));
  if (frames.empty()) return std::nullopt;
  Content out;
  std::uint64_t size = kHead;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const Frame& f = frames[i];
    size += kFrameHead + f.packed.size();
    if (f.kind == 's' && base_ == 0) base_ = size;
    if (f.kind == 's' && i + 1 < frames.size()) continue;
    const std::optional<std::string> plain = opened(f.packed, f.hash);
    if (!plain) return std::nullopt;
    if (f.kind == 'a' && !read_articles(*plain, out.articles)) return std::nullopt;
    if (f.kind == 's' && !read_state(*plain, out.articles.size(), out.state)) return std::nullopt;
    if (f.kind != 'r') continue;
    ByteReader in(*plain);
    for (std::uint32_t n = in.u32(); n > 0 && in.sound(); --n) out.articles.erase(in.text());
  }
  inode_ = about.st_ino;
  size_ = size;
  return out;
}

bool Sidecar::appends() const {
  struct stat about {};
  return size_ > 0 && size_ - base_ <= base_ / 2 && ::stat(path_.c_str(), &about) == 0 &&
         about.st_ino == inode_ && static_cast<std::uint64_t>(about.st_size) == size_;
}

bool Sidecar::write(const std::vector<Item>& items, const std::vector<std::string>& gone,
                    const State& state, std::size_t articles) {
  const bool anew = !appends();
  std::string bytes;
  if (anew) {
    ByteWriter head;
    for (const char c : kMagic) head.u8(static_cast<std::uint8_t>(c));
    head.u32(kFormat);
    head.u64(program_);
    bytes = head.take();
  }
  if (!gone.empty()) {
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(gone.size()));
    for (const std::string& id : gone) out.text(id);
    add_frame(bytes, 'r', out.take());
  }
  for (std::size_t at = 0; at < items.size(); at += kArticlesAFrame) {
    const std::size_t end = std::min(items.size(), at + kArticlesAFrame);
    ByteWriter out;
    out.u32(static_cast<std::uint32_t>(end - at));
    for (std::size_t i = at; i < end; ++i) {
      out.u64(static_cast<std::uint64_t>(items[i].stamp));
      out.u64(items[i].hash);
      out.text(reuse::to_bytes(*items[i].copies));
      out.text(story::to_bytes(*items[i].events));
    }
    add_frame(bytes, 'a', out.take());
  }
  add_frame(bytes, 's', state_bytes(state, articles));
  if (anew ? begin(bytes) : append(bytes)) return true;
  inode_ = size_ = base_ = 0;
  return false;
}

// Others may write at the same time: whoever finds that the file is not as it was leaves it to
// them.
bool Sidecar::append(const std::string& bytes) {
  const File file(path_, O_WRONLY);
  struct stat about {};
  if (file.fd() < 0 || ::flock(file.fd(), LOCK_EX | LOCK_NB) != 0) return false;
  if (::fstat(file.fd(), &about) != 0 || about.st_ino != inode_ ||
      static_cast<std::uint64_t>(about.st_size) != size_) {
    return false;
  }
  if (::lseek(file.fd(), 0, SEEK_END) < 0 || !file.write(bytes)) return false;
  size_ += bytes.size();
  return true;
}

bool Sidecar::begin(const std::string& bytes) {
  const std::string fresh = fmt::format("{}.{}", path_, ::getpid());
  struct stat about {};
  bool sound = false;
  {
    const File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (file.fd() < 0) return false;
    sound = file.write(bytes) && ::fstat(file.fd(), &about) == 0;
  }
  if (!sound || ::rename(fresh.c_str(), path_.c_str()) != 0) {
    ::unlink(fresh.c_str());
    return false;
  }
  inode_ = about.st_ino;
  base_ = size_ = bytes.size();
  return true;
}

}  // namespace twosource::desk
