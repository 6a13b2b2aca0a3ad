find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

option(VOC_WERROR "treat warnings as errors" OFF)

add_library(voc_flags INTERFACE)
target_include_directories(voc_flags INTERFACE ${CMAKE_SOURCE_DIR}/lib)
target_compile_options(voc_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes -Wno-missing-field-initializers>)
if(VOC_WERROR)
  target_compile_options(voc_flags INTERFACE -Werror)
endif()
target_compile_definitions(voc_flags INTERFACE _GNU_SOURCE VOC_VERSION="${PROJECT_VERSION}"
  G_LOG_DOMAIN="voc" GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_72)
if(VOC_SANITIZE)
  target_compile_options(voc_flags INTERFACE -fsanitize=${VOC_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(voc_flags INTERFACE -fsanitize=${VOC_SANITIZE})
  # What a sanitizer finds ends the program, so that the test fails. That nothing may be added to a null pointer, not
  # even 0 (clang alone says so), is let pass: empty slices are such.
  target_compile_options(voc_flags INTERFACE -fno-sanitize-recover=all
                         $<$<C_COMPILER_ID:Clang>:-fno-sanitize=pointer-overflow>)
  # Instrumented code hides from gcc that variables are set.
  target_compile_options(voc_flags INTERFACE -Wno-maybe-uninitialized)
endif()
if(VOC_FUZZ)
  target_compile_options(voc_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_libraries(voc_flags INTERFACE PkgConfig::GLIB Threads::Threads m)
