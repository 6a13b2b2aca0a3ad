#include "stage/kwic.h"

#include "text/width.h"

#define PAINT "\033[1;31m"
#define PLAIN "\033[m"

/* Between the find and its context. */
#define GAP 2

/* Columns kept for the find: a find of this width has as much context on its left as on its right. */
#define USUAL_FIND 10

typedef struct KwicStage {
    VocStage base;
    VocKwicSettings settings;
    VocSearch *search;
    VocBuffer *out;
} KwicStage;

typedef struct KwicWorker {
    const KwicStage *stage;
    VocSearcher *searcher;
    const VocRecord *record; /* at work */
    VocBuffer left, find, right, label;
} KwicWorker;

static void *
worker_new(VocStage *data, VocThread *thread, GError **error)
{
    KwicStage *stage = (KwicStage *)data;
    VocSearcher *searcher = voc_searcher_new(stage->search, thread, error);
    if (!searcher)
        return NULL;
    KwicWorker *worker = g_new0(KwicWorker, 1);
    worker->stage = stage;
    worker->searcher = searcher;
    return worker;
}

static void
worker_free(void *data)
{
    KwicWorker *worker = data;
    voc_searcher_free(worker->searcher);
    voc_buffer_clear(&worker->left);
    voc_buffer_clear(&worker->find);
    voc_buffer_clear(&worker->right);
    voc_buffer_clear(&worker->label);
    g_free(worker);
}

/* --- pieces of a line --- */

static void
spaces(VocBuffer *out, int n)
{
    for (int i = 0; i < n; i++)
        voc_buffer_add_char(out, ' ');
}

static VocSlice
make_plain(VocBuffer *buffer, VocSlice text)
{
    voc_buffer_reset(buffer);
    voc_text_add_plain(buffer, text);
    return voc_slice_strip(voc_buffer_slice(buffer));
}

/* Enough of a text for so many columns: marks and white space may take many bytes and no column. */
static gsize
enough(gsize bytes, int width)
{
    return MIN(bytes, (gsize)width * 16);
}

static VocSlice
left_of(KwicWorker *worker, VocSlice text, gsize start, int width)
{
    gsize from = start - enough(start, width);
    while (from < start && ((guchar)text.data[from] & 0xC0) == 0x80)
        from++;
    VocSlice plain = make_plain(&worker->left, voc_slice_of(text.data + from, start - from));
    return voc_slice_strip(voc_text_fit_end(plain, width));
}

static VocSlice
right_of(KwicWorker *worker, VocSlice text, gsize end, int width)
{
    gsize to = end + enough(text.len - end, width);
    while (to < text.len && ((guchar)text.data[to] & 0xC0) == 0x80)
        to++;
    VocSlice plain = make_plain(&worker->right, voc_slice_of(text.data + end, to - end));
    return voc_slice_strip(voc_text_fit_start(plain, width));
}

/* The find with the marks that stand on its last letter. */
static VocSpan
whole_letters(VocSlice text, VocSpan span)
{
    const char *at = text.data + span.end, *end = text.data + text.len;
    while (at < end && voc_char_width(g_utf8_get_char(at)) == 0)
        at = g_utf8_next_char(at);
    span.end = (gsize)(at - text.data);
    return span;
}

/* --- lines --- */

static void
add_find(const KwicWorker *worker, VocSlice find)
{
    VocBuffer *out = worker->stage->out;
    if (worker->stage->settings.colour)
        voc_buffer_add_literal(out, PAINT);
    voc_buffer_add_slice(out, find);
    if (worker->stage->settings.colour)
        voc_buffer_add_literal(out, PLAIN);
}

static void
add_tsv(KwicWorker *worker, VocSlice text, VocSpan span)
{
    VocBuffer *out = worker->stage->out;
    int width = worker->stage->settings.width;
    voc_buffer_add_slice(out, make_plain(&worker->label, voc_record_string(worker->record, VOC_KEY_ID)));
    voc_buffer_add_char(out, '\t');
    voc_buffer_add_slice(out, left_of(worker, text, span.start, width));
    voc_buffer_add_char(out, '\t');
    add_find(worker, make_plain(&worker->find, voc_slice_of(text.data + span.start, span.end - span.start)));
    voc_buffer_add_char(out, '\t');
    voc_buffer_add_slice(out, right_of(worker, text, span.end, width));
    voc_buffer_add_char(out, '\n');
}

/* Adds the label in its columns; returns how many are left of `width`. */
static int
add_label(KwicWorker *worker, int width)
{
    VocBuffer *out = worker->stage->out;
    const char *path = worker->stage->settings.label;
    if (!path)
        return width;
    VocSlice label = make_plain(&worker->label, voc_field_first(worker->record, voc_slice_from_string(path)));
    label = voc_text_fit_start(label, VOC_KWIC_LABEL);
    voc_buffer_add_slice(out, label);
    spaces(out, VOC_KWIC_LABEL + GAP - voc_text_width(label));
    return width - VOC_KWIC_LABEL - GAP;
}

/* A comma or the like stays with the word in front of it. */
static gboolean
mark_follows(VocSlice text, VocSpan span)
{
    return span.end < text.len && g_unichar_ispunct(g_utf8_get_char(text.data + span.end));
}

static void
add_line(KwicWorker *worker, VocSlice text, VocSpan span)
{
    VocBuffer *out = worker->stage->out;
    int width = add_label(worker, worker->stage->settings.width);
    int before = (width - USUAL_FIND) / 2 - GAP;
    VocSlice left = left_of(worker, text, span.start, before);
    VocSlice find = make_plain(&worker->find, voc_slice_of(text.data + span.start, span.end - span.start));
    find = voc_text_fit_start(find, width - before - GAP);
    int gap = mark_follows(text, span) ? 0 : GAP;
    int after = width - before - GAP - voc_text_width(find) - gap;
    VocSlice right = after > 0 ? right_of(worker, text, span.end, after) : VOC_SLICE_NONE;
    spaces(out, before - voc_text_width(left));
    voc_buffer_add_slice(out, left);
    spaces(out, GAP);
    add_find(worker, find);
    spaces(out, right.len ? gap : 0);
    voc_buffer_add_slice(out, right);
    voc_buffer_add_char(out, '\n');
}

static void
add_found(const VocFound *found, gpointer data)
{
    KwicWorker *worker = data;
    for (guint i = 0; i < found->n; i++) {
        VocSpan span = whole_letters(found->text, found->spans[i]);
        if (worker->stage->settings.tsv)
            add_tsv(worker, found->text, span);
        else
            add_line(worker, found->text, span);
    }
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    KwicWorker *worker = data;
    worker->record = record;
    if (voc_searcher_each(worker->searcher, record, add_found, worker))
        return VOC_KEEP;
    *reason = "the pattern takes too long on this message";
    return VOC_REJECT;
}

static void
stage_free(VocStage *data)
{
    KwicStage *stage = (KwicStage *)data;
    voc_search_free(stage->search);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "kwic",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_kwic_new(const VocKwicSettings *settings, VocBuffer *out, VocContext *context, GError **error)
{
    int narrowest = VOC_KWIC_NARROW + (settings->label ? VOC_KWIC_LABEL + GAP : 0);
    if (!voc_search_has(&settings->search)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "what to look for? A pattern or --stem WORD");
        return NULL;
    }
    if (settings->width < narrowest) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "a line takes %d columns at least", narrowest);
        return NULL;
    }
    VocSearch *search = voc_search_new(&settings->search, context, error);
    if (!search)
        return NULL;
    KwicStage *stage = g_new0(KwicStage, 1);
    stage->base.ops = &OPS;
    stage->settings = *settings;
    stage->search = search;
    stage->out = out;
    return &stage->base;
}
