# One program a cmd/voc-NAME.c; cmd/voc.c is the dispatcher. What the programs share is compiled once.
set(versions "")
foreach(library GLIB ZLIB SIMDJSON PCRE2 SQLITE GMIME ARCHIVE SMARTCOLS GUMBO LAPACKE VOIKKO)
  if(library STREQUAL "GLIB")
    string(APPEND versions "glib ${GLIB_glib-2.0_VERSION}\\n")
  elseif(${library}_FOUND)
    string(TOLOWER ${library} name)
    string(APPEND versions "${name} ${${library}_VERSION}\\n")
  endif()
endforeach()
set(VOC_LIBRARY_VERSIONS "${versions}")
configure_file(${CMAKE_SOURCE_DIR}/cmd/versions.c.in ${CMAKE_BINARY_DIR}/gen/versions.c @ONLY)

file(GLOB filter_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmd/voc-*.c)
set(filter_externs "")
set(filter_entries "")
set(filter_names "")
foreach(source ${filter_sources})
  get_filename_component(name ${source} NAME_WE)
  string(REGEX REPLACE "^voc-" "" name ${name})
  string(REPLACE "-" "_" symbol ${name})
  list(APPEND filter_names ${name})
  string(APPEND filter_externs "extern const VocFilter voc_filter_${symbol};\n")
  string(APPEND filter_entries "    &voc_filter_${symbol},\n")
endforeach()
configure_file(${CMAKE_SOURCE_DIR}/cmd/filters.c.in ${CMAKE_BINARY_DIR}/gen/filters.c @ONLY)

file(GLOB shared_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmd/*.c)
list(FILTER shared_sources EXCLUDE REGEX "/(voc|voc-[^/]*|main)\.c$")
add_library(voc_cmd STATIC ${filter_sources} ${shared_sources}
            ${CMAKE_BINARY_DIR}/gen/versions.c ${CMAKE_BINARY_DIR}/gen/filters.c)
target_include_directories(voc_cmd PUBLIC ${CMAKE_SOURCE_DIR}/cmd)
target_link_libraries(voc_cmd PUBLIC voc_report)
target_link_options(voc_cmd INTERFACE -Wl,--as-needed)

foreach(name ${filter_names})
  string(REPLACE "-" "_" symbol ${name})
  add_executable(voc-${name} cmd/main.c)
  target_compile_definitions(voc-${name} PRIVATE VOC_FILTER=voc_filter_${symbol})
  target_link_libraries(voc-${name} PRIVATE voc_cmd)
  list(APPEND programs voc-${name})
endforeach()
if(EXISTS ${CMAKE_SOURCE_DIR}/cmd/voc.c)
  add_executable(voc cmd/voc.c)
  target_link_libraries(voc PRIVATE voc_cmd)
  list(APPEND programs voc)
endif()

# The programs find their data beside them, in the build tree as when installed.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/voc)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/lexicons ${CMAKE_BINARY_DIR}/share/voc/lexicons SYMBOLIC)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/data ${CMAKE_BINARY_DIR}/share/voc/data SYMBOLIC)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/man/man1 ${CMAKE_BINARY_DIR}/share/man/man5)
file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmd/*.1 ${CMAKE_SOURCE_DIR}/cmd/*.5)
foreach(page ${pages})
  get_filename_component(page_name ${page} NAME)
  string(REGEX REPLACE ".*\\.([0-9])$" "\\1" section ${page_name})
  file(CREATE_LINK ${page} ${CMAKE_BINARY_DIR}/share/man/man${section}/${page_name} SYMBOLIC)
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

# Interface texts: data/po/LANG.po, compiled beside the data.
find_program(MSGFMT msgfmt)
file(GLOB catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/po/*.po)
foreach(catalogue ${catalogues})
  get_filename_component(language ${catalogue} NAME_WE)
  set(folder ${CMAKE_BINARY_DIR}/share/locale/${language}/LC_MESSAGES)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(OUTPUT ${folder}/voc.mo COMMAND ${MSGFMT} --check -o ${folder}/voc.mo ${catalogue}
                     DEPENDS ${catalogue})
  list(APPEND compiled ${folder}/voc.mo)
  install(FILES ${folder}/voc.mo DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES)
endforeach()
add_custom_target(catalogues ALL DEPENDS ${compiled})

# Completion comes out of the built program, whose option tables it is made from.
if(TARGET voc)
  foreach(shell bash zsh fish)
    add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/share/completion/voc.${shell}
                       COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/share/completion
                       COMMAND voc completion ${shell} > ${CMAKE_BINARY_DIR}/share/completion/voc.${shell}
                       DEPENDS voc)
    list(APPEND completions ${CMAKE_BINARY_DIR}/share/completion/voc.${shell})
  endforeach()
  add_custom_target(completions ALL DEPENDS ${completions})
  install(FILES ${CMAKE_BINARY_DIR}/share/completion/voc.bash
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME voc)
  install(FILES ${CMAKE_BINARY_DIR}/share/completion/voc.zsh
          DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _voc)
  install(FILES ${CMAKE_BINARY_DIR}/share/completion/voc.fish
          DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

install(TARGETS ${programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY lexicons data DESTINATION ${CMAKE_INSTALL_DATADIR}/voc PATTERN "po" EXCLUDE)
