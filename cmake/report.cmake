# The report's page style and script become strings of the program.
function(voc_embed symbol file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND embedded "extern const char ${symbol}[];\nconst char ${symbol}[] = {${bytes}0};\n")
  set(embedded "${embedded}" PARENT_SCOPE)
endfunction()

set(embedded "/* made by cmake/report.cmake */\n")
voc_embed(voc_page_css ${CMAKE_SOURCE_DIR}/lib/report/page.css)
voc_embed(voc_page_js ${CMAKE_SOURCE_DIR}/lib/report/page.js)
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/gen/page.c CONTENT "${embedded}")
target_sources(voc_report PRIVATE ${CMAKE_BINARY_DIR}/gen/page.c)
