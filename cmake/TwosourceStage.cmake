# Warnings and sanitizers that every target of the project shares.
add_library(twosource_options INTERFACE)
target_include_directories(twosource_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(twosource_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast>)
if(TWOSOURCE_SANITIZE)
  target_compile_options(twosource_options INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${TWOSOURCE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all>)
  target_link_options(twosource_options INTERFACE -fsanitize=${TWOSOURCE_SANITIZE})
endif()

# twosource_stage(NAME [COLD] SOURCES … [TESTS …] [DEPS …]): a library twosource::NAME and, when tests
# are on, its GoogleTest program NAME_test. DEPS are the stages it may use; nothing else is visible to
# it. COLD: code that runs once for a command or a page; -O1 builds it a third faster.
function(twosource_stage name)
  cmake_parse_arguments(ARG "COLD" "" "SOURCES;TESTS;DEPS" ${ARGN})
  add_library(twosource_${name} STATIC ${ARG_SOURCES})
  add_library(twosource::${name} ALIAS twosource_${name})
  target_link_libraries(twosource_${name} PUBLIC twosource_options ${ARG_DEPS})
  if(ARG_COLD)
    target_compile_options(twosource_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  if(TWOSOURCE_TESTS AND ARG_TESTS)
    add_executable(${name}_test ${ARG_TESTS})
    # Each test file has a namespace of its own, so that a unity build may join them all: headers
    # are most of what they cost. What a test spends when it runs, it spends in the stage.
    set_target_properties(${name}_test PROPERTIES UNITY_BUILD_BATCH_SIZE 16)
    target_compile_options(${name}_test PRIVATE $<$<CONFIG:Release>:-O0>)
    target_link_libraries(${name}_test PRIVATE twosource_${name} GTest::gtest_main)
    target_compile_definitions(${name}_test PRIVATE TWOSOURCE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(${name}_test PROPERTIES LABELS ${name} DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
