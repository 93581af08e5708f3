# embed_files(TARGET SYMBOL ROOT FILE…): puts the files' bytes into TARGET with the assembler's
# .incbin (no size limit, no compile time) and generates SYMBOL, a table of name (path relative to
# ROOT), begin and end, declared in text/embedded.hpp.
function(embed_files target symbol root)
  set(asm ".section .rodata\n")
  set(externs "")
  set(entries "")
  set(index 0)
  foreach(file IN LISTS ARGN)
    file(RELATIVE_PATH relative ${root} ${file})
    set(label ${symbol}_${index})
    string(APPEND asm ".balign 16\n.global ${label}_begin\n${label}_begin:\n.incbin \"${file}\"\n"
                      ".global ${label}_end\n${label}_end:\n.byte 0\n")
    string(APPEND externs "extern \"C\" const char ${label}_begin[];\nextern \"C\" const char ${label}_end[];\n")
    string(APPEND entries "    {\"${relative}\", ${label}_begin, ${label}_end},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND asm ".section .note.GNU-stack,\"\",%progbits\n")
  set(cpp "#include \"text/embedded.hpp\"\n\n${externs}\nnamespace {\nconst twosource::EmbeddedFile kFiles_${symbol}[] = {\n${entries}};\n}  // namespace\n\nnamespace twosource {\nstd::span<const EmbeddedFile> ${symbol}() { return kFiles_${symbol}; }\n}  // namespace twosource\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S CONTENT "${asm}" @ONLY)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp CONTENT "${cpp}" @ONLY)
  set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
endfunction()
