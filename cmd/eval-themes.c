/* voc eval themes: the themes of records against gold labels, and the words of a theme file against texts. */
#include <math.h>

#include "base/tsv.h"
#include "eval.h"
#include "progress.h"
#include "stage/words.h"
#include "stats/labels.h"
#include "stats/partition.h"
#include "theme/coherence.h"

/* The group of messages without a theme. */
#define UNASSIGNED 0u

typedef struct Evaluation {
    VocEvalSettings *settings;
    GHashTable *numbers;              /* label: number, from 1 */
    GHashTable *map;                  /* theme id: label */
    GHashTable *gold;                 /* labels that are gold somewhere */
    GArray *found_group, *gold_group; /* of messages with one gold label */
    GArray *golds, *themes;           /* of the record at hand */
    VocLabelCounts *labels;
    gint64 messages, labelled, unassigned, named; /* named: predicted labels that are gold labels */
    VocThemes *file;
    VocWords *words;
    VocCoherence *coherence;
} Evaluation;

static guint32
number_of(Evaluation *e, const char *label)
{
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(e->numbers, label));
    if (number)
        return number;
    number = g_hash_table_size(e->numbers) + 1;
    g_hash_table_insert(e->numbers, g_strdup(label), GUINT_TO_POINTER(number));
    return number;
}

static void
add_once(GArray *labels, guint32 label)
{
    for (guint i = 0; i < labels->len; i++)
        if (g_array_index(labels, guint32, i) == label)
            return;
    g_array_append_val(labels, label);
}

/* "a|b" is two labels. */
static void
read_labels(Evaluation *e, VocSlice text)
{
    g_autofree char *all = voc_slice_dup(text);
    g_auto(GStrv) labels = g_strsplit(all, "|", -1);
    for (char **label = labels; *label; label++)
        if (*g_strstrip(*label)) {
            guint32 number = number_of(e, *label);
            add_once(e->golds, number);
            g_hash_table_add(e->gold, GUINT_TO_POINTER(number));
        }
}

static void
read_gold(Evaluation *e, VocRecord *record)
{
    const VocJson *gold = voc_record_find(record, voc_slice_from_string(e->settings->gold));
    g_array_set_size(e->golds, 0);
    if (gold && (gold->type == VOC_JSON_STRING || gold->type == VOC_JSON_NUMBER))
        read_labels(e, gold->text);
    for (const VocJson *one = gold && gold->type == VOC_JSON_ARRAY ? gold->first : NULL; one; one = one->next)
        if (one->type == VOC_JSON_STRING)
            read_labels(e, one->text);
}

/* What the table says a theme stands for: the theme itself, or the nearest of its heads (a.b.c, a.b, a). */
static const char *
mapped(const Evaluation *e, const char *id)
{
    g_autofree char *head = g_strdup(id);
    while (e->map) {
        const char *label = g_hash_table_lookup(e->map, head);
        char *dot = strrchr(head, '.');
        if (label)
            return label;
        if (!dot)
            return NULL;
        *dot = '\0';
    }
    return id;
}

static void
read_themes(Evaluation *e, VocRecord *record)
{
    const VocJson *themes = voc_record_value(record, VOC_KEY_THEMES);
    g_array_set_size(e->themes, 0);
    for (const VocJson *theme = themes ? themes->first : NULL; theme; theme = theme->next) {
        g_autofree char *id = voc_slice_dup(voc_json_get_text(theme, "id"));
        const char *label = *id ? mapped(e, id) : NULL;
        if (label && *label)
            add_once(e->themes, number_of(e, label));
    }
}

static void
count_record(Evaluation *e, VocRecord *record)
{
    e->messages++;
    if (e->coherence)
        voc_coherence_add(e->coherence, voc_record_words(record, e->words));
    if (!e->settings->gold)
        return;
    read_gold(e, record);
    read_themes(e, record);
    if (!e->golds->len)
        return;
    const guint32 *golds = (const guint32 *)(const void *)e->golds->data;
    const guint32 *themes = (const guint32 *)(const void *)e->themes->data;
    e->labelled++;
    voc_label_counts_add(e->labels, golds, e->golds->len, themes, e->themes->len);
    if (e->golds->len > 1)
        return;
    guint32 group = e->themes->len ? themes[0] : UNASSIGNED;
    e->unassigned += group == UNASSIGNED;
    g_array_append_val(e->found_group, group);
    g_array_append_val(e->gold_group, golds[0]);
}

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    (void)error;
    Evaluation *e = data;
    for (guint i = 0; i < n; i++)
        count_record(e, &records[i]);
    if (e->words)
        voc_words_settle(e->words);
    return TRUE;
}

/* A table: theme id, gold label. */
static gboolean
read_map(Evaluation *e, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    e->map = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    while (voc_tsv_next(&tsv))
        g_hash_table_insert(e->map, voc_slice_dup(tsv.cell[0]), voc_slice_dup(tsv.cell[1]));
    return TRUE;
}

/* ---- what was found ---- */

typedef struct Table {
    VocBuffer *out;
    gboolean json;
    gboolean first;
} Table;

static void
add_row(Table *table, const char *key, const char *title, double value, int decimals)
{
    if (table->json) {
        voc_buffer_add_printf(table->out, "%s\"%s\":", table->first ? "{" : ",", key);
        if (isnan(value))
            voc_buffer_add_literal(table->out, "null");
        else
            voc_buffer_add_number(table->out, value, decimals ? 6 : 0);
    } else {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        g_autofree char *format = g_strdup_printf("%%.%df", decimals);
        g_ascii_formatd(digits, sizeof digits, format, value);
        voc_buffer_add_printf(table->out, "%-36s %10s\n", title, isnan(value) ? "-" : digits);
    }
    table->first = FALSE;
}

/* The assigned messages alone. */
static void
compare_assigned(const Evaluation *e, VocPartition *out)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) gold = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint i = 0; i < e->found_group->len; i++)
        if (g_array_index(e->found_group, guint32, i) != UNASSIGNED) {
            g_array_append_val(found, g_array_index(e->found_group, guint32, i));
            g_array_append_val(gold, g_array_index(e->gold_group, guint32, i));
        }
    voc_partition_compare((const guint32 *)(const void *)found->data,
                          (const guint32 *)(const void *)gold->data, found->len, out);
}

/* Whether themes go by the names of gold labels at all. */
static gboolean
names_meet(const Evaluation *e)
{
    for (guint i = 0; i < e->found_group->len; i++)
        if (g_hash_table_contains(e->gold, GUINT_TO_POINTER(g_array_index(e->found_group, guint32, i))))
            return TRUE;
    return FALSE;
}

static double
named_accuracy(const Evaluation *e)
{
    guint right = 0;
    for (guint i = 0; i < e->found_group->len; i++)
        right += g_array_index(e->found_group, guint32, i) == g_array_index(e->gold_group, guint32, i);
    return e->found_group->len ? (double)right / e->found_group->len : 0;
}

static void
add_gold_rows(const Evaluation *e, Table *table)
{
    VocPartition all, assigned;
    guint n = e->found_group->len;
    voc_partition_compare((const guint32 *)(const void *)e->found_group->data,
                          (const guint32 *)(const void *)e->gold_group->data, n, &all);
    compare_assigned(e, &assigned);
    add_row(table, "labelled", _("with gold labels"), (double)e->labelled, 0);
    add_row(table, "single", _("with one gold label"), n, 0);
    add_row(table, "unassigned", _("without a theme, share of these"), n ? (double)e->unassigned / n : 0, 3);
    add_row(table, "found", _("groups found"), assigned.n_found, 0);
    add_row(table, "gold", _("gold groups"), all.n_gold, 0);
    add_row(table, "nmi", _("NMI"), all.nmi, 4);
    add_row(table, "ari", _("ARI"), all.ari, 4);
    add_row(table, "accuracy", _("accuracy, best naming"), all.accuracy, 4);
    add_row(table, "purity", _("purity"), all.purity, 4);
    add_row(table, "assigned_nmi", _("NMI of those with a theme"), assigned.nmi, 4);
    add_row(table, "assigned_accuracy", _("accuracy of those with a theme"), assigned.accuracy, 4);
    if (!names_meet(e))
        return;
    add_row(table, "named_accuracy", _("accuracy by name"), named_accuracy(e), 4);
    add_row(table, "micro_f1", _("micro F1 by name, all labels"), voc_label_counts_micro_f1(e->labels), 4);
    add_row(table, "macro_f1", _("macro F1 by name, all labels"), voc_label_counts_macro_f1(e->labels), 4);
}

static gboolean
report(const Evaluation *e, VocProgram *program, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    Table table = {&out, e->settings->json, TRUE};
    add_row(&table, "messages", _("messages"), (double)e->messages, 0);
    if (e->settings->gold)
        add_gold_rows(e, &table);
    if (e->coherence) {
        add_row(&table, "themes", _("themes"), e->file->themes->len, 0);
        add_row(&table, "npmi", _("NPMI of their words"), voc_coherence_mean(e->coherence), 4);
        add_row(&table, "diversity", _("diversity of their words"), voc_coherence_diversity(e->coherence), 4);
    }
    if (table.json)
        voc_buffer_add_literal(&out, "}\n");
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static gboolean
open_themes(Evaluation *e, VocContext *context, GError **error)
{
    const VocWordModel *model = voc_context_word_model(context, error);
    if (!model || !(e->file = voc_themes_read(e->settings->themes, error)))
        return FALSE;
    e->words = voc_words_new(model);
    e->coherence = voc_coherence_new(e->file, 10, e->words);
    return TRUE;
}

static void
evaluation_clear(Evaluation *e)
{
    g_hash_table_unref(e->numbers);
    g_hash_table_unref(e->gold);
    g_clear_pointer(&e->map, g_hash_table_unref);
    g_array_unref(e->found_group);
    g_array_unref(e->gold_group);
    g_array_unref(e->golds);
    g_array_unref(e->themes);
    voc_label_counts_free(e->labels);
    g_clear_pointer(&e->coherence, voc_coherence_free);
    g_clear_pointer(&e->words, voc_words_free);
    g_clear_pointer(&e->file, voc_themes_free);
}

static gboolean
evaluate(Evaluation *e, VocProgram *program, char **operands, GError **error)
{
    if (e->settings->map && !read_map(e, e->settings->map, error))
        return FALSE;
    if (e->settings->themes && !open_themes(e, program->context, error))
        return FALSE;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, FALSE);
    voc_progress_start(program, lines);
    gboolean good = voc_program_collect(program, voc_source_lines(lines), NULL, 0, 1, on_records, e, error);
    voc_progress_stop();
    return good && report(e, program, error);
}

gboolean
voc_eval_themes(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error)
{
    if (!settings->gold && !settings->themes) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                    _("against what? --gold names the field with the gold label, -t a theme file"));
        return FALSE;
    }
    Evaluation e = {.settings = settings};
    e.numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    e.gold = g_hash_table_new(NULL, NULL);
    e.found_group = g_array_new(FALSE, FALSE, sizeof(guint32));
    e.gold_group = g_array_new(FALSE, FALSE, sizeof(guint32));
    e.golds = g_array_new(FALSE, FALSE, sizeof(guint32));
    e.themes = g_array_new(FALSE, FALSE, sizeof(guint32));
    e.labels = voc_label_counts_new();
    gboolean good = evaluate(&e, program, operands, error);
    evaluation_clear(&e);
    return good;
}
