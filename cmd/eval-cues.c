/* voc eval cues: cues of records against labels that people gave. */
#include <math.h>

#include "eval.h"
#include "progress.h"
#include "stage/tag.h"
#include "stats/accuracy.h"
#include "text/width.h"

/* A message: labels as sorted strings that the evaluation owns. */
typedef struct Message {
    GPtrArray *gold, *other; /* interned labels */
    GPtrArray *found;        /* "cue" and "cue/kind" of each hit */
} Message;

typedef struct Evaluation {
    VocEvalSettings *settings;
    GPtrArray *messages; /* Message */
    GPtrArray *labels;   /* interned, sorted: those that people used, and cues that they never named */
    guint64 without_gold;
} Evaluation;

typedef struct Row {
    const char *label;
    VocConfusion confusion; /* 0: without the label, 1: with it */
    VocConfusion between;   /* the two who labelled */
} Row;

static void
free_message(gpointer data)
{
    Message *message = data;
    g_ptr_array_unref(message->gold);
    g_ptr_array_unref(message->other);
    g_ptr_array_unref(message->found);
    g_free(message);
}

static void
add_once(GPtrArray *labels, const char *label)
{
    const char *interned = g_intern_string(label);
    for (guint i = 0; i < labels->len; i++)
        if (g_ptr_array_index(labels, i) == interned)
            return;
    g_ptr_array_add(labels, (gpointer)interned);
}

static gboolean
has(const GPtrArray *labels, const char *interned)
{
    for (guint i = 0; i < labels->len; i++)
        if (g_ptr_array_index(labels, i) == interned)
            return TRUE;
    return FALSE;
}

/* --- reading --- */

/* "a/b, c": labels in one text; "-" is none. */
static void
read_text(VocSlice text, GPtrArray *labels)
{
    g_autofree char *all = voc_slice_dup(text);
    g_auto(GStrv) parts = g_strsplit_set(all, ",| ", -1);
    for (char **part = parts; *part; part++)
        if (**part && !g_str_equal(*part, "-"))
            add_once(labels, *part);
}

/* FALSE when the record has no such field. */
static gboolean
read_labels(const VocRecord *record, const char *field, GPtrArray *labels)
{
    const VocJson *value = voc_record_find(record, voc_slice_from_string(field));
    if (value && value->type == VOC_JSON_STRING) {
        read_text(value->text, labels);
        return TRUE;
    }
    if (!value || value->type != VOC_JSON_ARRAY)
        return FALSE;
    for (const VocJson *one = value->first; one; one = one->next)
        if (one->type == VOC_JSON_STRING)
            read_text(one->text, labels);
    return TRUE;
}

static void
read_found(const VocRecord *record, GPtrArray *labels)
{
    const VocJson *cues = voc_record_value(record, VOC_KEY_CUES);
    for (const VocJson *one = cues ? cues->first : NULL; one; one = one->next) {
        VocSlice cue = voc_json_get_text(one, "cue"), kind = voc_json_get_text(one, "kind");
        g_autofree char *whole = g_strdup_printf("%.*s", (int)cue.len, cue.data ? cue.data : "");
        g_autofree char *exact = g_strdup_printf("%s/%.*s", whole, (int)kind.len, kind.data ? kind.data : "");
        add_once(labels, whole);
        add_once(labels, exact);
    }
}

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    Evaluation *e = data;
    (void)error;
    for (guint i = 0; i < n; i++) {
        Message *message = g_new0(Message, 1);
        message->gold = g_ptr_array_new();
        message->other = g_ptr_array_new();
        message->found = g_ptr_array_new();
        if (!read_labels(&records[i], e->settings->gold, message->gold)) {
            e->without_gold++;
            free_message(message);
            continue;
        }
        if (e->settings->other)
            read_labels(&records[i], e->settings->other, message->other);
        read_found(&records[i], message->found);
        g_ptr_array_add(e->messages, message);
    }
    return TRUE;
}

/* --- figures --- */

static int
by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether people used the cue, with a kind or without. */
static gboolean
is_named(const GPtrArray *labels, const char *cue)
{
    gsize len = strlen(cue);
    for (guint i = 0; i < labels->len; i++) {
        const char *label = g_ptr_array_index(labels, i);
        if (strncmp(label, cue, len) == 0 && (label[len] == '\0' || label[len] == '/'))
            return TRUE;
    }
    return FALSE;
}

/* What people named is told apart as they did; what only the tagger names is told by its cue. */
static void
find_labels(Evaluation *e)
{
    for (guint i = 0; i < e->messages->len; i++) {
        const Message *message = g_ptr_array_index(e->messages, i);
        for (guint k = 0; k < message->gold->len; k++)
            add_once(e->labels, g_ptr_array_index(message->gold, k));
    }
    g_autoptr(GPtrArray) named = g_ptr_array_copy(e->labels, NULL, NULL);
    for (guint i = 0; i < e->messages->len; i++) {
        const Message *message = g_ptr_array_index(e->messages, i);
        for (guint k = 0; k < message->found->len; k++) {
            const char *label = g_ptr_array_index(message->found, k);
            if (!strchr(label, '/') && !is_named(named, label))
                add_once(e->labels, label);
        }
    }
    g_ptr_array_sort(e->labels, by_name);
}

static Row
measure(const Evaluation *e, const char *label)
{
    Row row = {.label = label, .confusion = {.n = 2}, .between = {.n = 2}};
    for (guint i = 0; i < e->messages->len; i++) {
        const Message *message = g_ptr_array_index(e->messages, i);
        gboolean gold = has(message->gold, label);
        voc_confusion_add(&row.confusion, gold, has(message->found, label));
        voc_confusion_add(&row.between, gold, has(message->other, label));
    }
    return row;
}

/* Failure wins over value; what has neither is unknown. */
static guint
demand_of(const GPtrArray *labels)
{
    return is_named(labels, "failure-demand") ? 2 : is_named(labels, "value-demand") ? 1 : 0;
}

static VocConfusion
measure_demand(const Evaluation *e)
{
    VocConfusion confusion = {.n = 3};
    for (guint i = 0; i < e->messages->len; i++) {
        const Message *message = g_ptr_array_index(e->messages, i);
        voc_confusion_add(&confusion, demand_of(message->gold), demand_of(message->found));
    }
    return confusion;
}

/* --- writing --- */

static void
add_number(VocBuffer *out, double value, int width)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.3f", value);
    voc_buffer_add_printf(out, "%*s", width, isnan(value) ? "-" : digits);
}

static void
add_json_number(VocBuffer *out, const char *name, double value)
{
    voc_buffer_add_printf(out, ",\"%s\":", name);
    if (isnan(value))
        voc_buffer_add_literal(out, "null");
    else
        voc_buffer_add_number(out, value, 6);
}

static void
add_row(const Evaluation *e, VocBuffer *out, const Row *row)
{
    const VocConfusion *c = &row->confusion;
    gint64 gold = voc_confusion_gold(c, 1), found = voc_confusion_predicted(c, 1);
    double figures[] = {voc_confusion_precision(c, 1), voc_confusion_recall(c, 1), voc_confusion_f1(c, 1)};
    if (e->settings->json) {
        static const char *const NAMES[] = {"precision", "recall", "f1"};
        voc_json_add_string(out, voc_slice_from_string(row->label));
        voc_buffer_add_printf(out, ":{\"gold\":%" G_GINT64_FORMAT ",\"found\":%" G_GINT64_FORMAT, gold,
                              found);
        for (int i = 0; i < 3; i++)
            add_json_number(out, NAMES[i], figures[i]);
        if (e->settings->other)
            add_json_number(out, "kappa", voc_confusion_kappa(&row->between));
        voc_buffer_add_char(out, '}');
        return;
    }
    g_auto(VocBuffer) label = VOC_BUFFER_INIT;
    voc_text_add_plain(&label, voc_slice_from_string(row->label));
    VocSlice fitting = voc_text_fit_start(voc_buffer_slice(&label), 31);
    voc_buffer_add_slice(out, fitting);
    voc_buffer_add_printf(out, "%*s%8" G_GINT64_FORMAT "%8" G_GINT64_FORMAT, 32 - voc_text_width(fitting), "",
                          gold, found);
    for (int i = 0; i < 3; i++)
        add_number(out, figures[i], 10);
    if (e->settings->other)
        add_number(out, voc_confusion_kappa(&row->between), 10);
    voc_buffer_add_char(out, '\n');
}

/* All labels' decisions together, and the mean of the labels. */
typedef struct Summary {
    gint64 right, gold, found;
    double f1, kappa;
    guint n, n_kappa;
} Summary;

static void
sum_up(Summary *summary, const Row *row)
{
    double kappa = voc_confusion_kappa(&row->between);
    summary->right += row->confusion.count[1][1];
    summary->gold += voc_confusion_gold(&row->confusion, 1);
    summary->found += voc_confusion_predicted(&row->confusion, 1);
    summary->f1 += voc_confusion_f1(&row->confusion, 1);
    summary->n++;
    if (!isnan(kappa)) {
        summary->kappa += kappa;
        summary->n_kappa++;
    }
}

static void
add_summary(const Evaluation *e, VocBuffer *out, const Summary *summary)
{
    VocConfusion demand = measure_demand(e);
    gint64 named = summary->gold + summary->found;
    const double micro = named ? 2 * (double)summary->right / (double)named : NAN;
    const double figures[] = {
        micro, summary->n ? summary->f1 / summary->n : NAN, voc_confusion_accuracy(&demand),
        e->settings->other && summary->n_kappa ? summary->kappa / summary->n_kappa : NAN};
    static const char *const NAMES[] = {"micro_f1", "macro_f1", "demand_accuracy", "kappa"};
    const char *const titles[] = {_("micro F1"), _("macro F1"),
                                  _("demand: failure, value or unknown, accuracy"),
                                  _("kappa of those who labelled, mean")};
    if (!e->settings->json)
        voc_buffer_add_char(out, '\n');
    for (guint i = 0; i < G_N_ELEMENTS(figures); i++) {
        if (i == 3 && !e->settings->other)
            continue;
        if (e->settings->json) {
            add_json_number(out, NAMES[i], figures[i]);
        } else {
            voc_buffer_add_printf(out, "%-48s", titles[i]);
            add_number(out, figures[i], 10);
            voc_buffer_add_char(out, '\n');
        }
    }
}

static gboolean
report(Evaluation *e, VocProgram *program, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    Summary summary = {0};
    find_labels(e);
    if (e->without_gold)
        voc_program_say(program, _("%" G_GUINT64_FORMAT " records have no gold labels"), e->without_gold);
    if (e->settings->json)
        voc_buffer_add_printf(&out, "{\"messages\":%u,\"labels\":{", e->messages->len);
    else
        voc_buffer_add_printf(&out, "%-32s%8s%8s%10s%10s%10s%s%s\n", _("label"), _("gold"), _("found"),
                              _("precision"), _("recall"), _("F1"), e->settings->other ? "     " : "",
                              e->settings->other ? _("kappa") : "");
    for (guint i = 0; i < e->labels->len; i++) {
        Row row = measure(e, g_ptr_array_index(e->labels, i));
        if (e->settings->json && i)
            voc_buffer_add_char(&out, ',');
        add_row(e, &out, &row);
        sum_up(&summary, &row);
    }
    if (e->settings->json)
        voc_buffer_add_char(&out, '}');
    add_summary(e, &out, &summary);
    if (e->settings->json)
        voc_buffer_add_literal(&out, "}\n");
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

gboolean
voc_eval_cues(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error)
{
    if (!settings->gold) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                    _("against what? --gold names the field with the gold labels"));
        return FALSE;
    }
    VocTagSettings tagging = {.missing = TRUE};
    g_autoptr(VocStage) stage = voc_stage_tag_new(&tagging, program->context, error);
    if (!stage)
        return FALSE;
    Evaluation e = {.settings = settings,
                    .messages = g_ptr_array_new_with_free_func(free_message),
                    .labels = g_ptr_array_new()};
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, FALSE);
    voc_progress_start(program, lines);
    gboolean good =
        voc_program_collect(program, voc_source_lines(lines), &stage, 1, 1, on_records, &e, error);
    voc_progress_stop();
    good = good && report(&e, program, error);
    g_ptr_array_unref(e.messages);
    g_ptr_array_unref(e.labels);
    return good;
}
