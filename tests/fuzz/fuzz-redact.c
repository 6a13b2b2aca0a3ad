/* Redaction: what is found lies in the text, in order, in whole characters; a masked text has nothing more to
 * be masked; of a record the result is one, redacted once is redacted. The first byte says what is known. */
#include "record/record.h"
#include "stage/redact.h"
#include "text/redact.h"

#include "fuzz.h"

static VocRedactRules *rules;
static VocRedactor *redactor;
static VocStage *stages[2]; /* without a key for pseudonyms, and with one */
static void *workers[2];

static void
prepare(void)
{
    static VocContext *context;
    context = voc_context_new(TEST_DATA_DIR);
    VocRedactSettings settings[2] = {{0}, {.key = TEST_DATA_DIR "/LICENSE"}};
    static VocPhrases *phrases;
    phrases = voc_phrases_load(TEST_DATA_DIR "/data/quotes.tsv", NULL);
    rules = voc_redact_rules_load(TEST_DATA_DIR "/data/redact.tsv", NULL, NULL, NULL);
    must(rules && phrases);
    redactor = voc_redactor_new(rules, phrases);
    for (int i = 0; i < 2; i++) {
        stages[i] = voc_stage_redact_new(&settings[i], context, NULL);
        must(stages[i] != NULL);
        workers[i] = stages[i]->ops->worker_new(stages[i], NULL, NULL);
    }
}

static void
check_text(VocSlice text, VocSlice name, guint8 known)
{
    VocRedactHints hints = {known & 1, (known & 2) != 0, known & 4 ? name : VOC_SLICE_NONE, &name,
                            known & 8 ? 1 : 0};
    guint n;
    gboolean gave_up;
    gsize at = 0;
    const VocPersonal *found = voc_redactor_find(redactor, text, &hints, &n, &gave_up);
    for (guint i = 0; i < n; i++) {
        must(found[i].start >= at && found[i].end > found[i].start && found[i].end <= text.len);
        must(g_utf8_validate_len(text.data + found[i].start, found[i].end - found[i].start, NULL));
        must(voc_redact_mask(rules, found[i].kind) != NULL);
        at = found[i].end;
    }
}

/* Writes the record as a line into `out`; FALSE when it is none or was rejected. */
static gboolean
redact(VocSlice line, guint keyed, VocBuffer *out)
{
    VocArena arena;
    VocRecord record = {0};
    const char *reason = NULL;
    g_auto(VocBuffer) padded = VOC_BUFFER_INIT;
    VocJsonReader *reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    voc_buffer_add_slice(&padded, line);
    memset(voc_buffer_reserve(&padded, VOC_PADDING), 0, VOC_PADDING);
    gboolean good = voc_record_parse(&record, reader, &arena, voc_buffer_slice(&padded), &reason) &&
                    stages[keyed]->ops->process(workers[keyed], &record, &reason) == VOC_KEEP;
    if (good)
        voc_record_write(&record, out);
    voc_arena_clear(&arena);
    voc_json_reader_free(reader);
    return good;
}

static void
check_record(VocSlice line, guint keyed)
{
    g_auto(VocBuffer) once = VOC_BUFFER_INIT, twice = VOC_BUFFER_INIT;
    if (!redact(line, keyed, &once))
        return;
    must(once.len > 0 && once.data[once.len - 1] == '\n');
    must(redact(voc_slice_of(once.data, once.len - 1), keyed, &twice));
    if (getenv("VOC_FUZZ_TWICE"))
        must(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!rules)
        prepare();
    if (size < 1)
        return 0;
    g_autofree char *valid = g_utf8_make_valid((const char *)data + 1, (gssize)size - 1);
    gsize len = strlen(valid);
    g_autofree char *copy = g_memdup2(valid, MAX(len, 1)); /* of its own size: nothing may be read beyond */
    VocSlice text = voc_slice_of(copy, len);
    if (len > 0 && copy[0] == '{') {
        check_record(text, (data[0] & 16) != 0);
        return 0;
    }
    const char *newline = memchr(copy, '\n', len);
    VocSlice name = voc_slice_of(copy, newline ? (gsize)(newline - copy) : 0);
    check_text(text, name, data[0]);
    return 0;
}
