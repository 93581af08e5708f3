#include <unistd.h>

#include <iostream>

#include "cli/app.hpp"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  return twosource::cli::run(argc, argv,
                             {std::cin, std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1});
}
