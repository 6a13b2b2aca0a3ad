/* voc eval sentiment: scores against what people said of the texts. */
#include <math.h>

#include "eval.h"
#include "lexicon/agreement.h"
#include "lexicon/gold.h"
#include "progress.h"
#include "stage/score.h"
#include "text/width.h"

#define ROUNDS 1000

/* A mistake and how sure the scorer was of it. */
typedef struct Mistake {
    VocJudged judged;
    guint64 number; /* in the order of the records */
    char *id, *text, *why;
} Mistake;

/* The texts with one value of the field of --by. */
typedef struct Group {
    char *name;
    GArray *texts; /* VocJudged */
} Group;

typedef struct Evaluation {
    VocEvalSettings *settings;
    VocGold gold;
    GArray *texts;       /* VocJudged */
    GPtrArray *groups;   /* Group, in the order in which they come */
    GHashTable *by;      /* name: Group */
    GPtrArray *mistakes; /* the worst first */
    guint64 records, without_gold;
} Evaluation;

static void
free_group(gpointer data)
{
    Group *group = data;
    g_free(group->name);
    g_array_unref(group->texts);
    g_free(group);
}

static void
free_mistake(gpointer data)
{
    Mistake *mistake = data;
    g_free(mistake->id);
    g_free(mistake->text);
    g_free(mistake->why);
    g_free(mistake);
}

/* --- reading --- */

static gboolean
read_label(VocSlice name, VocLabel *label)
{
    for (int i = VOC_NEGATIVE; i <= VOC_POSITIVE; i++)
        if (voc_slice_equal_string(name, voc_label_name((VocLabel)i))) {
            *label = (VocLabel)i;
            return TRUE;
        }
    return FALSE;
}

static gboolean
read_score(const VocJson *score, VocJudged *judged)
{
    const VocJson *p = voc_json_get(score, "p");
    if (!voc_json_number(voc_json_get(score, "value"), &judged->value) ||
        !read_label(voc_json_get_text(score, "label"), &judged->found))
        return FALSE;
    judged->p = fabs(judged->value);
    guint i = 0;
    for (const VocJson *one = p ? p->first : NULL; one; one = one->next, i++)
        if (i == judged->found)
            voc_json_number(one, &judged->p);
    return TRUE;
}

/* The hits of a score, the heaviest first: "huono -2.1, palvelu +0.3". */
static char *
explain(const VocJson *score)
{
    g_autoptr(GString) why = g_string_new(NULL);
    const VocJson *hits = voc_json_get(score, "hits");
    for (const VocJson *hit = hits ? hits->first : NULL; hit; hit = hit->next) {
        VocSlice term = voc_json_get_text(hit, "term"), rule = voc_json_get_text(hit, "rule");
        double weight;
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        if (!voc_json_number(voc_json_get(hit, "weight"), &weight))
            continue;
        g_ascii_formatd(digits, sizeof digits, "%+.1f", weight);
        g_string_append_printf(why, "%s%.*s %s", why->len ? ", " : "", (int)term.len, term.data, digits);
        if (rule.len)
            g_string_append_printf(why, " (%.*s)", (int)rule.len, rule.data);
    }
    return g_string_free(g_steal_pointer(&why), FALSE);
}

/* How wrong: a text taken for its opposite is worse than one where one side is neutral. */
static double
badness(const VocJudged *judged)
{
    return judged->p + (judged->gold != VOC_NEUTRAL && judged->found != VOC_NEUTRAL);
}

static int
worst_first(gconstpointer a, gconstpointer b)
{
    const Mistake *left = *(const Mistake *const *)a, *right = *(const Mistake *const *)b;
    double x = badness(&left->judged), y = badness(&right->judged);
    if (x != y)
        return x > y ? -1 : 1;
    return left->number < right->number ? -1 : 1;
}

/* Keeps the worst, twice as many as asked for at most until they are sorted out. */
static void
keep_mistake(Evaluation *e, const VocRecord *record, const VocJson *score, const VocJudged *judged)
{
    guint wanted = (guint)e->settings->worst;
    if (!wanted || judged->gold == judged->found)
        return;
    if (e->mistakes->len >= wanted &&
        badness(judged) <= badness(&((Mistake *)g_ptr_array_index(e->mistakes, wanted - 1))->judged))
        return;
    Mistake *mistake = g_new0(Mistake, 1);
    *mistake = (Mistake){.judged = *judged,
                         .number = e->records,
                         .id = voc_slice_dup(voc_record_string(record, VOC_KEY_ID)),
                         .text = voc_slice_dup(voc_record_string(record, VOC_KEY_TEXT)),
                         .why = explain(score)};
    g_ptr_array_add(e->mistakes, mistake);
    g_ptr_array_sort(e->mistakes, worst_first);
    if (e->mistakes->len > wanted)
        g_ptr_array_set_size(e->mistakes, (gint)wanted);
}

static void
add_to_group(Evaluation *e, const VocRecord *record, const VocJudged *judged)
{
    const VocJson *value = voc_record_find(record, voc_slice_from_string(e->settings->by));
    g_autofree char *name = voc_slice_dup(value ? value->text : VOC_SLICE_NONE);
    Group *group = g_hash_table_lookup(e->by, name);
    if (!group) {
        group = g_new0(Group, 1);
        group->name = g_steal_pointer(&name);
        group->texts = g_array_new(FALSE, FALSE, sizeof(VocJudged));
        g_ptr_array_add(e->groups, group);
        g_hash_table_insert(e->by, group->name, group);
    }
    g_array_append_val(group->texts, *judged);
}

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    Evaluation *e = data;
    (void)error;
    for (guint i = 0; i < n; i++) {
        const VocJson *score = voc_record_value(&records[i], VOC_KEY_SCORE);
        VocJudged judged;
        e->records++;
        if (!voc_gold_read(&e->gold, &records[i], &judged.gold, &judged.number) ||
            !read_score(score, &judged)) {
            e->without_gold++;
            continue;
        }
        g_array_append_val(e->texts, judged);
        keep_mistake(e, &records[i], score, &judged);
        if (e->settings->by)
            add_to_group(e, &records[i], &judged);
    }
    return TRUE;
}

/* --- writing --- */

static void
add_formatted(VocBuffer *out, const char *format, double value, int width)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, format, value);
    voc_buffer_add_printf(out, "%*s", width, isnan(value) ? "-" : digits);
}

static void
add_figure(VocBuffer *out, const char *name, const VocFigure *figure, const char *note)
{
    if (isnan(figure->value))
        return;
    voc_buffer_add_printf(out, "%-12s", name);
    add_formatted(out, "%.3f", figure->value, 8);
    if (!isnan(figure->interval.low)) {
        voc_buffer_add_literal(out, "  [");
        add_formatted(out, "%.3f", figure->interval.low, 0);
        voc_buffer_add_literal(out, ", ");
        add_formatted(out, "%.3f", figure->interval.high, 0);
        voc_buffer_add_char(out, ']');
    }
    if (*note)
        voc_buffer_add_printf(out, "  %s", note);
    voc_buffer_add_char(out, '\n');
}

static void
add_confusion(VocBuffer *out, const VocConfusion *labels)
{
    voc_buffer_add_printf(out, "%-10s%10s%10s%10s%10s  | %10s%10s%10s\n", _("gold"), _("texts"),
                          _("precision"), _("recall"), _("F1"), _("negative"), _("neutral"), _("positive"));
    for (guint gold = 0; gold < 3; gold++) {
        static const char *const NAMES[] = {N_("negative"), N_("neutral"), N_("positive")};
        voc_buffer_add_printf(out, "%-10s%10" G_GINT64_FORMAT, _(NAMES[gold]),
                              voc_confusion_gold(labels, gold));
        add_formatted(out, "%.3f", voc_confusion_precision(labels, gold), 10);
        add_formatted(out, "%.3f", voc_confusion_recall(labels, gold), 10);
        add_formatted(out, "%.3f", voc_confusion_f1(labels, gold), 10);
        voc_buffer_add_literal(out, "  | ");
        for (guint found = 0; found < 3; found++)
            voc_buffer_add_printf(out, "%10" G_GINT64_FORMAT, labels->count[gold][found]);
        voc_buffer_add_char(out, '\n');
    }
}

static void
add_groups(const Evaluation *e, VocBuffer *out)
{
    if (!e->groups->len)
        return;
    voc_buffer_add_printf(out, "\n%-24s%10s%10s%10s%10s%10s%10s\n", e->settings->by, _("texts"),
                          _("macro-F1"), _("accuracy"), _("MCC"), _("polarity"), _("r"));
    for (guint i = 0; i < e->groups->len; i++) {
        const Group *group = g_ptr_array_index(e->groups, i);
        VocAgreement agreement;
        g_auto(VocBuffer) name = VOC_BUFFER_INIT;
        voc_agreement((const VocJudged *)(const void *)group->texts->data, group->texts->len, 0, &agreement);
        voc_text_add_plain(&name, voc_slice_from_string(*group->name ? group->name : "-"));
        VocSlice fitting = voc_text_fit_start(voc_buffer_slice(&name), 23);
        voc_buffer_add_slice(out, fitting);
        voc_buffer_add_printf(out, "%*s%10u", 24 - voc_text_width(fitting), "", group->texts->len);
        const double figures[] = {agreement.macro_f1.value, agreement.accuracy.value, agreement.mcc.value,
                                  agreement.polarity.value, agreement.pearson.value};
        for (guint k = 0; k < G_N_ELEMENTS(figures); k++)
            add_formatted(out, "%.3f", figures[k], 10);
        voc_buffer_add_char(out, '\n');
    }
}

static void
add_mistakes(const Evaluation *e, VocBuffer *out)
{
    for (guint i = 0; i < e->mistakes->len; i++) {
        const Mistake *mistake = g_ptr_array_index(e->mistakes, i);
        voc_buffer_add_printf(out, "\n%s %s ", voc_label_name(mistake->judged.gold), _("taken for"));
        voc_buffer_add_printf(out, "%s ", voc_label_name(mistake->judged.found));
        add_formatted(out, "%.2f", mistake->judged.p, 0);
        voc_buffer_add_literal(out, "  ");
        voc_text_add_plain(out, voc_slice_from_string(mistake->id));
        voc_buffer_add_literal(out, "\n  ");
        voc_text_add_plain(out, voc_slice_from_string(mistake->text));
        voc_buffer_add_literal(out, "\n  = ");
        voc_text_add_plain(out, voc_slice_from_string(mistake->why));
        voc_buffer_add_char(out, '\n');
    }
}

static void
add_table(const Evaluation *e, const VocAgreement *agreement, VocBuffer *out)
{
    add_confusion(out, &agreement->labels);
    voc_buffer_add_char(out, '\n');
    add_figure(out, _("macro-F1"), &agreement->macro_f1, "");
    add_figure(out, _("accuracy"), &agreement->accuracy, "");
    add_figure(out, _("MCC"), &agreement->mcc, "");
    add_figure(out, _("polarity"), &agreement->polarity,
               _("negative against positive by value, no answer counting half"));
    add_figure(out, _("Pearson r"), &agreement->pearson, _("of value and rating"));
    VocFigure coverage = {agreement->coverage, {NAN, NAN}};
    add_figure(out, _("coverage"), &coverage, _("texts with an answer"));
    add_groups(e, out);
    add_mistakes(e, out);
}

static void
add_json_number(VocBuffer *out, double value)
{
    if (isnan(value))
        voc_buffer_add_literal(out, "null");
    else
        voc_buffer_add_number(out, value, 6);
}

static void
add_json_figure(VocBuffer *out, const char *name, const VocFigure *figure)
{
    voc_buffer_add_printf(out, ",\"%s\":", name);
    add_json_number(out, figure->value);
    if (isnan(figure->interval.low))
        return;
    voc_buffer_add_printf(out, ",\"%s_95\":[", name);
    add_json_number(out, figure->interval.low);
    voc_buffer_add_char(out, ',');
    add_json_number(out, figure->interval.high);
    voc_buffer_add_char(out, ']');
}

static void
add_json_agreement(VocBuffer *out, const VocAgreement *agreement)
{
    const VocConfusion *labels = &agreement->labels;
    voc_buffer_add_printf(out, "\"texts\":%" G_GINT64_FORMAT, voc_confusion_total(labels));
    add_json_figure(out, "macro_f1", &agreement->macro_f1);
    add_json_figure(out, "accuracy", &agreement->accuracy);
    add_json_figure(out, "mcc", &agreement->mcc);
    add_json_figure(out, "polarity", &agreement->polarity);
    add_json_figure(out, "pearson", &agreement->pearson);
    VocFigure coverage = {agreement->coverage, {NAN, NAN}};
    add_json_figure(out, "coverage", &coverage);
    voc_buffer_add_literal(out, ",\"labels\":{");
    for (guint gold = 0; gold < 3; gold++) {
        voc_buffer_add_printf(out, "%s\"%s\":{\"precision\":", gold ? "," : "",
                              voc_label_name((VocLabel)gold));
        add_json_number(out, voc_confusion_precision(labels, gold));
        voc_buffer_add_literal(out, ",\"recall\":");
        add_json_number(out, voc_confusion_recall(labels, gold));
        voc_buffer_add_literal(out, ",\"f1\":");
        add_json_number(out, voc_confusion_f1(labels, gold));
        voc_buffer_add_literal(out, ",\"found\":[");
        for (guint found = 0; found < 3; found++)
            voc_buffer_add_printf(out, "%s%" G_GINT64_FORMAT, found ? "," : "", labels->count[gold][found]);
        voc_buffer_add_literal(out, "]}");
    }
    voc_buffer_add_char(out, '}');
}

static void
add_json(const Evaluation *e, const VocAgreement *agreement, VocBuffer *out)
{
    voc_buffer_add_char(out, '{');
    add_json_agreement(out, agreement);
    for (guint i = 0; i < e->groups->len; i++) {
        const Group *group = g_ptr_array_index(e->groups, i);
        VocAgreement part;
        voc_agreement((const VocJudged *)(const void *)group->texts->data, group->texts->len, 0, &part);
        voc_buffer_add_string(out, i ? "," : ",\"by\":{");
        voc_json_add_string(out, voc_slice_from_string(group->name));
        voc_buffer_add_literal(out, ":{");
        add_json_agreement(out, &part);
        voc_buffer_add_char(out, '}');
    }
    voc_buffer_add_string(out, e->groups->len ? "}" : "");
    for (guint i = 0; i < e->mistakes->len; i++) {
        const Mistake *mistake = g_ptr_array_index(e->mistakes, i);
        voc_buffer_add_printf(out, "%s{\"gold\":\"%s\",\"found\":\"%s\",\"p\":", i ? "," : ",\"worst\":[",
                              voc_label_name(mistake->judged.gold), voc_label_name(mistake->judged.found));
        add_json_number(out, mistake->judged.p);
        const char *const parts[][2] = {{"id", mistake->id}, {"text", mistake->text}, {"why", mistake->why}};
        for (guint k = 0; k < G_N_ELEMENTS(parts); k++) {
            voc_buffer_add_printf(out, ",\"%s\":", parts[k][0]);
            voc_json_add_string(out, voc_slice_from_string(parts[k][1]));
        }
        voc_buffer_add_char(out, '}');
    }
    voc_buffer_add_string(out, e->mistakes->len ? "]}\n" : "}\n");
}

static gboolean
report(const Evaluation *e, VocProgram *program, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocAgreement agreement;
    voc_agreement((const VocJudged *)(const void *)e->texts->data, e->texts->len, ROUNDS, &agreement);
    if (e->without_gold)
        voc_program_say(program,
                        _("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " records have no gold label"),
                        e->without_gold, e->records);
    if (e->settings->json)
        add_json(e, &agreement, &out);
    else
        add_table(e, &agreement, &out);
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static gboolean
evaluate(Evaluation *e, VocProgram *program, char **operands, GError **error)
{
    VocScoreSettings scoring = {.missing = TRUE};
    g_autoptr(VocStage) stage = voc_stage_score_new(&scoring, program->context, error);
    if (!stage)
        return FALSE;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, FALSE);
    voc_progress_start(program, lines);
    gboolean good = voc_program_collect(program, voc_source_lines(lines), &stage, 1, 1, on_records, e, error);
    voc_progress_stop();
    return good && report(e, program, error);
}

gboolean
voc_eval_sentiment(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error)
{
    double negative, positive;
    if (!settings->gold || settings->worst < 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                    settings->gold ? _("--worst takes a number from 0")
                                   : _("against what? --gold names the field with the gold label or rating"));
        return FALSE;
    }
    if (!voc_option_number(settings->negative, "negative", NAN, &negative, error) ||
        !voc_option_number(settings->positive, "positive", NAN, &positive, error))
        return FALSE;
    Evaluation e = {.settings = settings,
                    .texts = g_array_new(FALSE, FALSE, sizeof(VocJudged)),
                    .groups = g_ptr_array_new_with_free_func(free_group),
                    .by = g_hash_table_new(g_str_hash, g_str_equal),
                    .mistakes = g_ptr_array_new_with_free_func(free_mistake)};
    voc_gold_init(&e.gold, settings->gold, negative, positive);
    gboolean good = evaluate(&e, program, operands, error);
    g_array_unref(e.texts);
    g_ptr_array_unref(e.groups);
    g_hash_table_unref(e.by);
    g_ptr_array_unref(e.mistakes);
    return good;
}
