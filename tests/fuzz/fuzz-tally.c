/* What is counted, compared and followed: lines of records or tallies, from anywhere. Tallies are written and
 * read again, benchmarks and journeys told; whatever the lines hold, the text is of harmless lines. */
#include "report/benchmark-text.h"
#include "report/facts-record.h"
#include "report/journey-text.h"
#include "stage/tally.h"

#include "fuzz.h"

static void
check_harmless(VocSlice text)
{
    const char *at = text.data, *end = text.data + text.len;
    must(!text.len || g_utf8_validate_len(text.data, text.len, NULL));
    for (; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        must(c == '\n' || (c >= 0x20 && !(c >= 0x7F && c < 0xA0) && !(c >= 0x202A && c <= 0x202E)));
    }
}

typedef struct Work {
    VocJsonReader *reader;
    VocArena arena;
    VocTally *tally, *merged;
    VocBenchmark *files, *units;
    VocFacts *facts;
    guint n;
} Work;

static void
each_line(VocSlice lines, Work *work, void (*act)(Work *work, VocRecord *record))
{
    const char *at = lines.data, *end = lines.data + lines.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (gsize)(end - at));
        gsize len = (gsize)((stop ? stop : end) - at);
        g_autofree char *padded = fuzz_padded(at, len);
        VocRecord record;
        const char *reason = NULL;
        if (voc_record_parse(&record, work->reader, &work->arena, voc_slice_of(padded, len), &reason))
            act(work, &record);
        voc_arena_reset(&work->arena);
        at += len + 1;
    }
}

static void
take(Work *work, VocRecord *record)
{
    const char *reason = NULL;
    const char *group = work->n++ % 2 ? "one" : "two";
    voc_tally_add(work->tally, record);
    voc_facts_add_record(work->facts, record);
    must(voc_benchmark_add(work->files, record, group, &reason) || reason);
    must(voc_benchmark_add(work->units, record, group, &reason) || reason);
}

static void
merge(Work *work, VocRecord *record)
{
    const char *reason = NULL;
    must(voc_tally_merge(work->merged, record, FALSE, &reason));
}

/* A tally's partial results, read again, are the tally. */
static void
check_tally(Work *work)
{
    g_auto(VocBuffer) partial = VOC_BUFFER_INIT, again = VOC_BUFFER_INIT, hidden = VOC_BUFFER_INIT;
    VocTallyOutput parts = {.partial = TRUE}, anonymous = {.anonymous = 3};
    voc_tally_write(work->tally, &parts, &partial);
    each_line(voc_buffer_slice(&partial), work, merge);
    voc_tally_write(work->merged, &parts, &again);
    must(voc_slice_equal(voc_buffer_slice(&partial), voc_buffer_slice(&again)));
    voc_tally_write(work->tally, &anonymous, &hidden);
}

static void
check_benchmark(VocBenchmark *benchmark, VocPhrase *phrase)
{
    g_autoptr(GArray) lines = voc_benchmark_compare(benchmark, NULL, TRUE);
    VocBenchmarkPage page = {phrase, NULL, "channel", 80, TRUE};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_benchmark_write(&page, lines, &out);
    check_harmless(voc_buffer_slice(&out));
}

static void
check_journeys(const VocFacts *facts, VocPhrase *phrase)
{
    g_autoptr(VocJourneys) journeys = voc_journeys_new(facts, NULL);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    if (!journeys)
        return;
    VocJourneyPage page = {journeys, phrase, 80, 0, 0};
    voc_journey_write_all(&page, &out);
    for (gsize begin = 0, n; begin < journeys->contacts->len; begin += n) {
        n = 1;
        while (begin + n < journeys->contacts->len && voc_journeys_at(journeys, begin)->customer &&
               voc_journeys_at(journeys, begin + n)->customer == voc_journeys_at(journeys, begin)->customer)
            n++;
        voc_journey_write_customer(&page, begin, n, &out);
    }
    check_harmless(voc_buffer_slice(&out));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Work work = {.reader = voc_json_reader_new(),
                 .tally = voc_tally_new("channel,theme", TRUE, NULL),
                 .merged = voc_tally_new("channel,theme", TRUE, NULL),
                 .files = voc_benchmark_new("channel", NULL),
                 .units = voc_benchmark_new("channel", "unit"),
                 .facts = voc_facts_new()};
    g_auto(VocPhrase) phrase = {0};
    must(voc_phrase_init(&phrase, "en", NULL, NULL));
    voc_arena_init(&work.arena, 0);
    each_line(voc_slice_of((const char *)data, size), &work, take);
    check_tally(&work);
    check_benchmark(work.files, &phrase);
    check_benchmark(work.units, &phrase);
    check_journeys(work.facts, &phrase);
    voc_tally_free(work.tally);
    voc_tally_free(work.merged);
    voc_benchmark_free(work.files);
    voc_benchmark_free(work.units);
    voc_facts_free(work.facts);
    voc_json_reader_free(work.reader);
    voc_arena_clear(&work.arena);
    return 0;
}
