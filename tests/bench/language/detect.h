/* What a language identifier is to the bench: text in, ISO 639-1 code out ("und" when it cannot tell). */
#ifndef BENCH_LANGUAGE_DETECT_H
#define BENCH_LANGUAGE_DETECT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `argument` is the program's own: a profile, a list of languages, or NULL. Exits when it cannot start. */
void detect_open(const char *argument);

/* The code lives until the next call. */
const char *detect(const char *text, size_t len);

#ifdef __cplusplus
}
#endif

#endif
