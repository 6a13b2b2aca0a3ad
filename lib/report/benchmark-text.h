/* A benchmark in words, for a person: 80 columns. */
#ifndef VOC_REPORT_BENCHMARK_TEXT_H
#define VOC_REPORT_BENCHMARK_TEXT_H

#include "base/buffer.h"
#include "report/benchmark.h"
#include "report/phrase.h"

G_BEGIN_DECLS

typedef struct VocBenchmarkPage {
    VocPhrase *phrase;
    GHashTable *themes; /* id -> name in the language, for what it has */
    const char *mix;    /* NULL: nothing is standardised */
    int width;
    gboolean all; /* also what differs by no more than chance, in full */
} VocBenchmarkPage;

/* The lines of one comparison after the other. */
void voc_benchmark_write(const VocBenchmarkPage *page, const GArray *lines, VocBuffer *out);

/* "above", "below" or "alike" at a false discovery rate of 5 %; "withheld". */
const char *voc_benchmark_verdict(const VocBenchmarkLine *line);

G_END_DECLS

#endif
