/* What every fuzz target and the replayer share. */
#ifndef VOC_TESTS_FUZZ_H
#define VOC_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* One input; returns 0. Aborts when something that must hold does not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
