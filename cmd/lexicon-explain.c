#include <math.h>

#include "lexicon-work.h"
#include "lexicon/lists.h"
#include "lexicon/score.h"
#include "terminal.h"
#include "text/width.h"

/* Columns of the table; the reason stands in what is left of REASON_END. */
#define WORD_WIDTH 22
#define ENTRY_WIDTH 20
#define REASON_START (8 + 2 + WORD_WIDTH + 2 + ENTRY_WIDTH + 2)
#define REASON_END 80

/* Weights that colour a word. */
#define COLOURED 0.3

#define RED "\033[31m"
#define GREEN "\033[32m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

typedef struct Explainer {
    VocProgram *program;
    gboolean colour;
    VocLang lang; /* VOC_N_LANGS: each text's own */
    const VocLexicon *lexicons[VOC_N_LANGS];
    VocWords *words;
    VocScorer *scorer;
    VocArena arena;
    VocBuffer out;
} Explainer;

static const char *
colour_of(const Explainer *explainer, double weight)
{
    if (!explainer->colour)
        return "";
    return weight >= COLOURED ? GREEN : weight <= -COLOURED ? RED : DIM;
}

static void
add_number(Explainer *explainer, double value, int width)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%+.2f", fabs(value) < 0.005 ? 0 : value);
    voc_buffer_add_printf(&explainer->out, "%*s", width, text);
}

/* Text in so many columns: cut, or filled with blanks. */
static void
add_cell(Explainer *explainer, VocSlice text, int width)
{
    g_auto(VocBuffer) plain = {0};
    voc_text_add_plain(&plain, text);
    VocSlice fitting = voc_text_fit_start(voc_buffer_slice(&plain), width);
    voc_buffer_add_slice(&explainer->out, fitting);
    for (int i = voc_text_width(fitting); i < width; i++)
        voc_buffer_add_char(&explainer->out, ' ');
}

/* The bytes of a span of code points. */
static VocSlice
span(VocSlice text, guint32 start, guint32 end)
{
    const char *from = text.data, *stop = text.data + text.len;
    for (; start && from < stop; start--, end--)
        from = g_utf8_next_char(from);
    const char *to = from;
    for (; end && to < stop; end--)
        to = g_utf8_next_char(to);
    return voc_slice_of(from, (gsize)(to - from));
}

/* One of several reasons, on a line of its own where it does not fit behind those before; `*at` is the
 * column. */
static void
add_word(Explainer *explainer, const char *word, int *at)
{
    int width = voc_text_width(voc_slice_from_string(word));
    if (*at > REASON_START) {
        voc_buffer_add_char(&explainer->out, ',');
        *at += 2;
        if (*at + width <= REASON_END - 1) {
            voc_buffer_add_char(&explainer->out, ' ');
        } else {
            voc_buffer_add_printf(&explainer->out, "\n%*s", REASON_START, "");
            *at = REASON_START;
        }
    }
    voc_buffer_add_string(&explainer->out, word);
    *at += width;
}

/* What an entry that has no weight does, or what changed the weight of one that has. */
static void
add_reason(Explainer *explainer, const VocHit *hit, gboolean inert)
{
    static const char *const EFFECTS[VOC_N_EFFECTS] = {[VOC_EFFECT_WEIGHT] = "",
                                                       [VOC_EFFECT_NEGATE] = N_("negates"),
                                                       [VOC_EFFECT_SCALE] = N_("scales"),
                                                       [VOC_EFFECT_BUT] = N_("turns"),
                                                       [VOC_EFFECT_ALTHOUGH] = N_("concedes"),
                                                       [VOC_EFFECT_NEUTRAL] = N_("does not count"),
                                                       [VOC_EFFECT_LEARNED] = N_("learned")};
    static const struct {
        guint rule;
        const char *name;
    } RULES[] = {{VOC_RULE_NEGATED, N_("negated")},       {VOC_RULE_BOOSTED, N_("boosted")},
                 {VOC_RULE_WEAKENED, N_("weakened")},     {VOC_RULE_EMPHASIS, N_("emphasis")},
                 {VOC_RULE_BEFORE_BUT, N_("before but")}, {VOC_RULE_AFTER_BUT, N_("after but")},
                 {VOC_RULE_ALTHOUGH, N_("conceded")}};
    const char *effect = EFFECTS[hit->entry->effect];
    int at = REASON_START;
    if (*effect)
        add_word(explainer, _(effect), &at);
    for (guint i = 0; i < G_N_ELEMENTS(RULES) && !inert; i++)
        if (hit->rules & RULES[i].rule)
            add_word(explainer, _(RULES[i].name), &at);
}

static void
add_hit(Explainer *explainer, VocSlice text, const VocHit *hit)
{
    gboolean inert = hit->weight == 0 && hit->entry->effect != VOC_EFFECT_WEIGHT &&
                     hit->entry->effect != VOC_EFFECT_LEARNED;
    voc_buffer_add_string(&explainer->out, colour_of(explainer, hit->weight));
    if (inert)
        voc_buffer_add_printf(&explainer->out, "%8s", "");
    else
        add_number(explainer, hit->weight, 8);
    voc_buffer_add_string(&explainer->out, "  ");
    add_cell(explainer, span(text, hit->start, hit->end), WORD_WIDTH);
    voc_buffer_add_string(&explainer->out, "  ");
    add_cell(explainer, hit->entry->term, ENTRY_WIDTH);
    voc_buffer_add_string(&explainer->out, "  ");
    add_reason(explainer, hit, inert);
    while (explainer->out.len && explainer->out.data[explainer->out.len - 1] == ' ')
        explainer->out.len--;
    voc_buffer_add_string(&explainer->out, explainer->colour ? PLAIN "\n" : "\n");
}

/* The text with its words coloured. */
static void
add_text(Explainer *explainer, VocSlice text, const VocScore *score)
{
    guint32 at = 0, length = voc_text_length(text);
    for (guint i = 0; i < score->n_hits && explainer->colour; i++) {
        const VocHit *hit = &score->hits[i];
        if (hit->start < at || hit->end <= hit->start || fabsf(hit->weight) < COLOURED)
            continue;
        voc_text_add_plain(&explainer->out, span(text, at, hit->start));
        if (hit->start > at && text.data && g_ascii_isspace(span(text, hit->start - 1, hit->start).data[0]) &&
            explainer->out.data[explainer->out.len - 1] != ' ')
            voc_buffer_add_char(&explainer->out, ' ');
        voc_buffer_add_string(&explainer->out, colour_of(explainer, hit->weight));
        voc_text_add_plain(&explainer->out, span(text, hit->start, hit->end));
        voc_buffer_add_string(&explainer->out, PLAIN);
        at = hit->end;
    }
    voc_text_add_plain(&explainer->out, span(text, at, length));
    voc_buffer_add_char(&explainer->out, '\n');
}

static void
add_segments(Explainer *explainer, VocSlice text)
{
    guint n;
    const VocSegment *segments = voc_scorer_segments(explainer->scorer, &n);
    for (guint i = 0; i < n && n > 1; i++) {
        voc_buffer_add_string(&explainer->out, colour_of(explainer, segments[i].value));
        add_number(explainer, segments[i].value, 8);
        voc_buffer_add_string(&explainer->out, "  ");
        g_auto(VocBuffer) plain = {0};
        voc_text_add_plain(&plain, voc_slice_strip(span(text, segments[i].start, segments[i].end)));
        voc_buffer_add_slice(
            &explainer->out,
            voc_text_fit_start(voc_buffer_slice(&plain), voc_terminal_width(explainer->program) - 10));
        voc_buffer_add_string(&explainer->out, explainer->colour ? PLAIN "\n" : "\n");
    }
}

static void
add_verdict(Explainer *explainer, const VocScore *score)
{
    static const char *const LABELS[] = {N_("negative"), N_("neutral"), N_("positive")};
    voc_buffer_add_string(&explainer->out, colour_of(explainer, score->value));
    add_number(explainer, score->value, 8);
    voc_buffer_add_printf(&explainer->out, "  %s (%s):", _(LABELS[score->label]),
                          voc_lang_name(voc_scorer_lang(explainer->scorer)));
    for (int i = 0; i < 3; i++) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(text, sizeof text, "%.2f", score->p[i]);
        voc_buffer_add_printf(&explainer->out, "%s %s %s", i ? "," : "", _(LABELS[i]), text);
    }
    voc_buffer_add_string(&explainer->out, explainer->colour ? PLAIN "\n" : "\n");
}

static int
by_start(gconstpointer a, gconstpointer b)
{
    const VocHit *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    return (left->entry->number > right->entry->number) - (left->entry->number < right->entry->number);
}

static gboolean
explain(Explainer *explainer, VocSlice bytes, GError **error)
{
    VocScore score;
    char *copy = voc_arena_alloc0(&explainer->arena, bytes.len + VOC_PADDING);
    if (bytes.len)
        memcpy(copy, bytes.data, bytes.len);
    VocSlice slice = voc_slice_of(copy, bytes.len);
    VocText text = *voc_words_read(explainer->words, slice, &explainer->arena);
    if (explainer->lang != VOC_N_LANGS)
        text.lang = explainer->lang;
    voc_scorer_score(explainer->scorer, &text, &score);
    qsort((VocHit *)score.hits, score.n_hits, sizeof(VocHit), by_start);
    voc_buffer_reset(&explainer->out);
    add_text(explainer, slice, &score);
    for (guint i = 0; i < score.n_hits; i++)
        add_hit(explainer, slice, &score.hits[i]);
    add_segments(explainer, slice);
    add_verdict(explainer, &score);
    voc_words_settle(explainer->words);
    voc_arena_reset(&explainer->arena);
    return voc_output_write(explainer->program->out, voc_buffer_slice(&explainer->out), error);
}

static void
explainer_clear(Explainer *explainer)
{
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_lexicon_free((VocLexicon *)explainer->lexicons[lang]);
    if (explainer->scorer)
        voc_scorer_free(explainer->scorer);
    if (explainer->words)
        voc_words_free(explainer->words);
    voc_arena_clear(&explainer->arena);
    voc_buffer_clear(&explainer->out);
}

static gboolean
explainer_init(Explainer *explainer, VocProgram *program, const VocLexiconSettings *settings, GError **error)
{
    *explainer = (Explainer){.program = program, .lang = VOC_N_LANGS};
    voc_arena_init(&explainer->arena, 0);
    if (!voc_terminal_colour(program, settings->colour, &explainer->colour, error) ||
        (settings->lang && !voc_lexicon_option_lang(settings->lang, &explainer->lang, error)))
        return FALSE;
    const VocWordModel *model = voc_context_word_model(program->context, error);
    if (!model)
        return FALSE;
    explainer->words = voc_words_new(model);
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        explainer->lexicons[lang] =
            voc_lexicon_for_scoring((VocLang)lang, explainer->words, voc_context_data_dir(program->context),
                                    settings->lexicons, settings->only, error);
        if (!explainer->lexicons[lang])
            return FALSE;
    }
    explainer->scorer = voc_scorer_new(explainer->lexicons, explainer->words);
    voc_scorer_set_shown(explainer->scorer, 0);
    return TRUE;
}

gboolean
voc_lexicon_work_explain(VocProgram *program, const VocLexiconSettings *settings, char **operands,
                         GError **error)
{
    Explainer explainer;
    gboolean good = operands[0] != NULL;
    if (!good) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    _("explain which text? For example: explain 'ei hyvä'"));
        return FALSE;
    }
    good = explainer_init(&explainer, program, settings, error);
    for (; good && *operands; operands++) {
        g_autofree char *valid = g_utf8_make_valid(*operands, -1);
        good = explain(&explainer, voc_slice_from_string(valid), error) &&
               (!operands[1] || voc_output_write(program->out, VOC_SLICE("\n"), error));
    }
    explainer_clear(&explainer);
    return good;
}
