# Unit tests: one program a file of tests/unit.
file(GLOB units CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/test-*.c)
foreach(unit ${units})
  get_filename_component(name ${unit} NAME_WE)
  add_executable(${name} ${unit})
  target_link_libraries(${name} PRIVATE voc_report)
  target_compile_definitions(${name} PRIVATE TEST_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  string(REPLACE "test-" "unit." test ${name})
  add_test(NAME ${test} COMMAND ${name})
endforeach()

# Cases: one test a filter's folder.
file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${CMAKE_SOURCE_DIR}/tests/cases/*)
foreach(folder ${folders})
  get_filename_component(name ${folder} NAME)
  if(IS_DIRECTORY ${folder})
    add_test(NAME cases.${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/cases/run --bin ${CMAKE_BINARY_DIR}/bin ${name})
    set_tests_properties(cases.${name} PROPERTIES TIMEOUT 300)
  endif()
endforeach()

# The examples of the manual pages.
foreach(page ${pages})
  get_filename_component(name ${page} NAME)
  add_test(NAME manual.${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/manual/run --bin ${CMAKE_BINARY_DIR}/bin ${page})
  set_tests_properties(manual.${name} PROPERTIES TIMEOUT 300)
endforeach()

# What every program must stand.
add_executable(peak tests/edges/peak.c)
set_target_properties(peak PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
foreach(name ${filter_names})
  add_test(NAME edges.voc-${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/edges/run --bin ${CMAKE_BINARY_DIR}/bin
                                          --peak $<TARGET_FILE:peak> voc-${name})
  set_tests_properties(edges.voc-${name} PROPERTIES TIMEOUT 900 ENVIRONMENT "VOC_SANITIZED=${VOC_SANITIZE}")
endforeach()

# What runs on several threads: these are the tests that the tsan preset runs.
set_tests_properties(unit.runner cases.voc-run PROPERTIES LABELS threads)
add_custom_target(threads DEPENDS test-runner ${programs})

# The report in a browser; skipped where there is none.
add_test(NAME browser.report COMMAND ${CMAKE_SOURCE_DIR}/tests/browser/run --bin ${CMAKE_BINARY_DIR}/bin)
set_tests_properties(browser.report PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77)

# The house's own rules.
add_test(NAME house COMMAND ${CMAKE_SOURCE_DIR}/tests/house/run)

include(cmake/fuzz.cmake)

# The store, killed and in trouble.
foreach(name kill trouble)
  add_test(NAME store.${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/store/${name} --bin ${CMAKE_BINARY_DIR}/bin)
  set_tests_properties(store.${name} PROPERTIES TIMEOUT 900)
endforeach()

# The cron job, killed.
add_test(NAME weekly.kill COMMAND ${CMAKE_SOURCE_DIR}/tests/weekly/kill --bin ${CMAKE_BINARY_DIR}/bin)
set_tests_properties(weekly.kill PROPERTIES TIMEOUT 900)

# The live view, in a terminal that python makes; the samples of crontab and timer.
find_program(PYTHON3 python3)
if(PYTHON3)
  add_test(NAME weekly.watch COMMAND ${PYTHON3} ${CMAKE_SOURCE_DIR}/tests/weekly/watch --bin ${CMAKE_BINARY_DIR}/bin)
  set_tests_properties(weekly.watch PROPERTIES TIMEOUT 300)
endif()
add_test(NAME weekly.samples COMMAND ${CMAKE_SOURCE_DIR}/tests/weekly/samples --bin ${CMAKE_BINARY_DIR}/bin)
