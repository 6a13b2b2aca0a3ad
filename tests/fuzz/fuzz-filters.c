/* What analysts' filters make of a record: a condition on the first line of the input, a record on the
 * second. Whatever they hold, a table's row has its columns and a line its width, and nothing that steers a
 * terminal is in either. */
#include "io/csv.h"
#include "stage/condition.h"
#include "stage/cut.h"
#include "stage/kwic.h"
#include "text/width.h"

#include "fuzz.h"

#define COLUMNS 60
#define CELLS 6

static void
check_harmless(VocSlice text, const char *allowed)
{
    const char *at = text.data, *end = text.data + text.len;
    must(!text.len || g_utf8_validate_len(text.data, text.len, NULL));
    for (; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        must(!((c < 0x20 && !strchr(allowed, (int)c)) || (c >= 0x7F && c < 0xA0)));
    }
}

static gboolean
count_cells(const VocCsvRow *row, gpointer data)
{
    guint *rows = data;
    must(row->n_cells == CELLS);
    (*rows)++;
    return TRUE;
}

static void
check_csv(VocSlice row, char delimiter)
{
    VocCsvOptions options = VOC_CSV_OPTIONS_INIT;
    guint rows = 0;
    VocCsvHandler handler = {count_cells, NULL, &rows};
    options.delimiter = delimiter;
    options.max_row = (gsize)64 << 20;
    VocCsv *csv = voc_csv_new(&options, &handler);
    must(voc_csv_feed(csv, row) && voc_csv_finish(csv));
    must(rows == 1);
    voc_csv_free(csv);
}

static void
check_cut(const VocRecord *record)
{
    static const char *const FIELDS[] = {"id,text,fields,fields.a,themes.id", "a", NULL};
    for (VocCutFormat format = VOC_CUT_TSV; format <= VOC_CUT_EXCEL; format++) {
        VocCutSettings settings = {.fields = (char **)FIELDS, .format = format};
        g_autoptr(VocCut) cut = voc_cut_new(&settings, NULL);
        g_auto(VocBuffer) row = VOC_BUFFER_INIT;
        guint tabs = 0, ends = 0;
        voc_cut_row(cut, record, &row);
        check_harmless(voc_buffer_slice(&row), "\t\n\r");
        for (gsize i = 0; i < row.len; i++) {
            tabs += row.data[i] == '\t';
            ends += row.data[i] == '\n';
        }
        if (format == VOC_CUT_TSV)
            must(tabs == CELLS - 1 && ends == 1);
        else
            check_csv(voc_buffer_slice(&row), format == VOC_CUT_CSV ? ',' : ';');
    }
}

static void
check_kwic(VocRecord *record)
{
    static const char *const PATTERNS[] = {"[aä ]+", "\\X", NULL};
    static VocContext *context;
    static VocThread *thread;
    if (!context) {
        context = voc_context_new(TEST_DATA_DIR);
        thread = voc_thread_new(context);
    }
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocKwicSettings settings = {.search = {.patterns = (char **)PATTERNS}, .width = COLUMNS, .label = "id"};
    g_autoptr(VocStage) stage = voc_stage_kwic_new(&settings, &out, context, NULL);
    void *worker = stage->ops->worker_new(stage, thread, NULL);
    const char *reason = NULL;
    stage->ops->process(worker, record, &reason);
    stage->ops->worker_free(worker);
    check_harmless(voc_buffer_slice(&out), "\n");
    VocSlice rest = voc_buffer_slice(&out);
    while (rest.len) {
        const char *end = memchr(rest.data, '\n', rest.len);
        must(end != NULL);
        gsize len = (gsize)(end - rest.data);
        must(voc_text_width(voc_slice_of(rest.data, len)) <= COLUMNS);
        rest = voc_slice_of(end + 1, rest.len - len - 1);
    }
}

static void
check_plain(VocSlice text)
{
    g_auto(VocBuffer) plain = VOC_BUFFER_INIT;
    voc_text_add_plain(&plain, text);
    check_harmless(voc_buffer_slice(&plain), "");
    for (int width = 0; width < 9; width += 4) {
        must(voc_text_width(voc_text_fit_start(voc_buffer_slice(&plain), width)) <= width);
        must(voc_text_width(voc_text_fit_end(voc_buffer_slice(&plain), width)) <= width);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static VocJsonReader *reader;
    static VocRegexMatch *match;
    const char *newline = size ? memchr(data, '\n', size) : NULL;
    gsize head = newline ? (gsize)(newline - (const char *)data) : size;
    g_auto(VocArena) arena;
    VocRecord record;
    const char *reason = NULL;
    if (!reader) {
        reader = voc_json_reader_new();
        match = voc_regex_match_new();
    }
    check_plain(voc_slice_of((const char *)data, size));
    g_autofree char *text = g_strndup((const char *)data, head);
    g_autoptr(VocCondition) condition = voc_condition_parse(text, VOC_REGEX_IGNORE_CASE, NULL);
    must(!condition || voc_condition_is(text));
    voc_arena_init(&arena, 0);
    gsize rest = newline ? size - head - 1 : 0;
    char *line = fuzz_padded(data + size - rest, rest);
    if (voc_record_parse(&record, reader, &arena, voc_slice_of(line, rest), &reason)) {
        if (condition)
            voc_condition_holds(condition, &record, match);
        check_cut(&record);
        check_kwic(&record);
    }
    g_free(line);
    return 0;
}
