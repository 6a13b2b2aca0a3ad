#include "lexicon/formats.h"

#include <math.h>

/* What an NRC word weighs, which is only said to be positive or negative. */
#define NRC_WEIGHT 2.0

/* Files whose names say what they are; those of SentiStrength by how they begin, in any case. */
static const struct {
    const char *name;
    gboolean begins;
    VocFormat format;
    VocEffect effect;
} NAMES[] = {{"sentiment.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_WEIGHT},
             {"emoji.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_WEIGHT},
             {"negators.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_NEGATE},
             {"intensifiers.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_SCALE},
             {"contrast.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_BUT},
             {"neutral.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_NEUTRAL},
             {"learned.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_WEIGHT},
             {"learned-stems.tsv", FALSE, VOC_FORMAT_LIST, VOC_EFFECT_WEIGHT},
             {"EmotionLookupTable", TRUE, VOC_FORMAT_STRENGTH, VOC_EFFECT_WEIGHT},
             {"IdiomLookupTable", TRUE, VOC_FORMAT_STRENGTH, VOC_EFFECT_WEIGHT},
             {"EmoticonLookupTable", TRUE, VOC_FORMAT_EMOTICONS, VOC_EFFECT_WEIGHT},
             {"NegatingWordList", TRUE, VOC_FORMAT_STRENGTH, VOC_EFFECT_NEGATE},
             {"BoosterWordList", TRUE, VOC_FORMAT_BOOSTERS, VOC_EFFECT_SCALE}};

static gboolean
find_name(const char *path, guint *found)
{
    g_autofree char *name = g_path_get_basename(path);
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (NAMES[i].begins ? g_ascii_strncasecmp(name, NAMES[i].name, strlen(NAMES[i].name)) == 0
                            : g_str_equal(name, NAMES[i].name)) {
            *found = i;
            return TRUE;
        }
    return FALSE;
}

gboolean
voc_lexicon_file_is_known(const char *path)
{
    guint found;
    return find_name(path, &found);
}

/* --- what a file is --- */

static gboolean
is_one_of(VocSlice cell, const char *const *words)
{
    for (; *words; words++)
        if (cell.len == strlen(*words) && g_ascii_strncasecmp(cell.data, *words, cell.len) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
is_emotion(VocSlice cell)
{
    static const char *const EMOTIONS[] = {"anger",    "anticipation", "disgust",  "fear",  "joy", "negative",
                                           "positive", "sadness",      "surprise", "trust", NULL};
    return is_one_of(cell, EMOTIONS);
}

/* What the rows of a file have in common. */
typedef struct Traits {
    guint rows, numbers, rated, flags;
    guint wild; /* terms that end in * */
    gboolean five, zero, broken;
} Traits;

static void
look_at(const VocTsv *tsv, Traits *traits)
{
    double value;
    VocSlice term = tsv->cell[0];
    traits->rows++;
    traits->flags += tsv->n == 3 && is_emotion(tsv->cell[1]) &&
                     (voc_slice_equal_string(tsv->cell[2], "0") || voc_slice_equal_string(tsv->cell[2], "1"));
    traits->rated += tsv->n == 4 && tsv->cell[3].len && tsv->cell[3].data[0] == '[';
    if (!voc_tsv_number(tsv, 1, &value))
        return;
    traits->numbers++;
    traits->wild += term.len > 1 && term.data[term.len - 1] == '*';
    traits->five |= fabs(value) == 5;
    traits->zero |= value == 0;
    traits->broken |= value != floor(value) || fabs(value) > 5;
}

/* A first row with columns for positive and negative. */
static gboolean
read_wide(VocLexiconFile *file)
{
    static const char *const GOOD[] = {"positive", NULL}, *const BAD[] = {"negative", NULL};
    file->word = 0;
    file->good = file->bad = -1;
    for (guint i = 0; i < file->tsv.n; i++) {
        VocSlice cell = file->tsv.cell[i];
        if (is_one_of(cell, GOOD))
            file->good = (int)i;
        else if (is_one_of(cell, BAD))
            file->bad = (int)i;
        else if (cell.len >= 4 && g_ascii_strncasecmp(cell.data + cell.len - 4, "word", 4) == 0)
            file->word = (int)i; /* the last: a translation stands behind the English word */
    }
    return file->good >= 0 && file->bad >= 0 && file->word != file->good && file->word != file->bad;
}

/* Most of the rows decide: a few may be broken. */
static VocFormat
format_of(const Traits *traits)
{
    if (traits->flags * 2 > traits->rows)
        return VOC_FORMAT_NRC;
    if (traits->rated * 2 > traits->rows)
        return VOC_FORMAT_VADER;
    if (traits->wild && traits->five && !traits->zero && !traits->broken)
        return VOC_FORMAT_STRENGTH;
    return VOC_FORMAT_LIST;
}

static void
rewind(VocTsv *tsv)
{
    tsv->next = tsv->data + (strncmp(tsv->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    tsv->line = 0;
}

gboolean
voc_lexicon_file_open(VocLexiconFile *file, const char *path, VocEffect effect, GError **error)
{
    *file = (VocLexiconFile){.effect = effect, .first = TRUE, .value = 1, .feeling = -1};
    if (!voc_tsv_open(&file->tsv, path, error))
        return FALSE;
    file->form = g_string_new(NULL);
    return TRUE;
}

gboolean
voc_lexicon_file_open_any(VocLexiconFile *file, const char *path, GError **error)
{
    guint known;
    Traits traits = {0};
    gboolean named = find_name(path, &known);
    if (!voc_lexicon_file_open(file, path, named ? NAMES[known].effect : VOC_EFFECT_WEIGHT, error))
        return FALSE;
    if (named) {
        file->format = NAMES[known].format;
        return TRUE;
    }
    /* Reading cuts cells by their places and leaves the text as it is: it can begin anew. */
    for (gboolean first = TRUE; voc_tsv_next(&file->tsv); first = FALSE) {
        if (first && file->tsv.n > 2 && read_wide(file)) {
            file->format = VOC_FORMAT_NRC_WIDE;
            rewind(&file->tsv);
            return TRUE;
        }
        look_at(&file->tsv, &traits);
    }
    file->format = format_of(&traits);
    rewind(&file->tsv);
    return TRUE;
}

void
voc_lexicon_file_close(VocLexiconFile *file)
{
    voc_tsv_clear(&file->tsv);
    if (file->sums)
        g_hash_table_unref(file->sums);
    if (file->form)
        g_string_free(file->form, TRUE);
    *file = (VocLexiconFile){0};
}

/* --- rows --- */

/* A first row that begins with `term`, or with another name for it before one for the weight, names the
 * columns. */
static gboolean
read_header(VocLexiconFile *file)
{
    static const char *const TERMS[] = {"word", "token", "phrase", "form", "sana", "termi", NULL};
    static const char *const VALUES[] = {"weight", "value", "score", "valence", "sentiment",
                                         "factor", "paino", "arvo",  NULL};
    const VocTsv *tsv = &file->tsv;
    gboolean own = voc_slice_equal_string(tsv->cell[0], "term");
    if (!own && !(is_one_of(tsv->cell[0], TERMS) && is_one_of(tsv->cell[1], VALUES)))
        return FALSE;
    file->value = file->feeling = -1;
    for (guint i = tsv->n - 1; i > 0; i--) {
        if (is_one_of(tsv->cell[i], VALUES))
            file->value = (int)i;
        if (voc_slice_equal_string(tsv->cell[i], "feeling"))
            file->feeling = (int)i;
    }
    file->named = TRUE;
    file->columns = tsv->n;
    return TRUE;
}

static gboolean
has_decimal_comma(VocSlice cell)
{
    return g_regex_match_simple("^[-+]?[0-9]+,[0-9]+$", cell.data, 0, 0);
}

static gboolean
read_number(const VocTsv *tsv, int column, double *value, GError **error)
{
    *value = 0;
    if (column < 0 || voc_tsv_number(tsv, (guint)column, value))
        return TRUE;
    VocSlice cell = tsv->cell[column];
    g_autofree char *given = voc_slice_dup(cell);
    if (has_decimal_comma(voc_slice_from_string(given))) {
        g_autofree char *meant = g_strdelimit(g_strdup(given), ",", '.');
        return voc_tsv_fail(tsv, error, "'%s' is no number: it has a decimal comma, write %s", given, meant);
    }
    if (!cell.len)
        return voc_tsv_fail(tsv, error, "a number is missing in column %d", column + 1);
    return voc_tsv_fail(tsv, error, "'%s' is no number (a decimal point, not a comma)", given);
}

/* The form of a term that another's list has as it is: each of its words with the mark for that. Where * is a
 * mark of theirs too it stays. */
static VocSlice
as_form(VocLexiconFile *file, VocSlice term, gboolean wild)
{
    g_string_truncate(file->form, 0);
    for (gsize i = 0; i < term.len; i++) {
        gboolean begins = term.data[i] != ' ' && (i == 0 || term.data[i - 1] == ' ');
        gsize end = i;
        while (begins && end < term.len && term.data[end] != ' ')
            end++;
        if (begins && !(wild && end > i + 1 && term.data[end - 1] == '*'))
            g_string_append_c(file->form, '=');
        g_string_append_c(file->form, term.data[i]);
    }
    return voc_slice_of(file->form->str, file->form->len);
}

static double
clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static gboolean
read_list_row(VocLexiconFile *file, VocLexiconRow *row, GError **error)
{
    const VocTsv *tsv = &file->tsv;
    gboolean numbers = row->effect == VOC_EFFECT_WEIGHT || row->effect == VOC_EFFECT_SCALE;
    row->term = tsv->cell[0];
    if (numbers && (!read_number(tsv, file->value, &row->value, error) ||
                    !read_number(tsv, file->feeling, &row->feeling, error)))
        return FALSE;
    if (file->feeling >= 0)
        row->effect = VOC_EFFECT_LEARNED;
    if (row->effect == VOC_EFFECT_BUT && voc_slice_equal_string(tsv->cell[1], "although"))
        row->effect = VOC_EFFECT_ALTHOUGH;
    return TRUE;
}

/* The formats of others that give a number beside a form. */
static gboolean
read_form_row(VocLexiconFile *file, VocLexiconRow *row, GError **error)
{
    double given;
    row->term = as_form(file, file->tsv.cell[0], file->format != VOC_FORMAT_VADER);
    if (row->effect == VOC_EFFECT_NEGATE)
        return TRUE;
    if (!read_number(&file->tsv, 1, &given, error))
        return FALSE;
    switch (file->format) {
    case VOC_FORMAT_STRENGTH: /* from nothing, 1 or -1, to 5 or -5 */
        row->value = given > 0 ? given - 1 : given < 0 ? given + 1 : 0;
        break;
    case VOC_FORMAT_BOOSTERS: /* what adding does to a word of strength 3, which weighs 2 here */
        row->value = clamp((2 + given) / 2, 0.25, 3);
        break;
    default:
        row->value = given;
        break;
    }
    return TRUE;
}

/* The weight of a word that is positive, negative, both or neither. */
static double
nrc_weight(gboolean good, gboolean bad)
{
    return good == bad ? 0 : good ? NRC_WEIGHT : -NRC_WEIGHT;
}

/* FALSE without an error: the row says nothing of valence. */
static gboolean
read_flag_row(VocLexiconFile *file, VocLexiconRow *row, GError **error)
{
    enum { GOOD = 1, BAD = 2 };
    VocSlice word = file->tsv.cell[0], emotion = file->tsv.cell[1];
    double flag;
    if (!read_number(&file->tsv, 2, &flag, error))
        return FALSE;
    if (flag != 0 && flag != 1)
        return voc_tsv_fail(&file->tsv, error, "the third column is 0 or 1");
    gboolean good = voc_slice_equal_string(emotion, "positive");
    if (flag == 0 || (!good && !voc_slice_equal_string(emotion, "negative")))
        return FALSE;
    if (!file->sums)
        file->sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    char *name = voc_slice_dup(word);
    guint flags = GPOINTER_TO_UINT(g_hash_table_lookup(file->sums, name)) | (good ? GOOD : BAD);
    g_hash_table_replace(file->sums, name, GUINT_TO_POINTER(flags));
    row->term = word;
    row->value = nrc_weight((flags & GOOD) != 0, (flags & BAD) != 0);
    row->repeats = flags == (GOOD | BAD);
    return TRUE;
}

static gboolean
read_wide_row(VocLexiconFile *file, VocLexiconRow *row, GError **error)
{
    double good, bad;
    row->term = file->tsv.cell[file->word];
    if (!read_number(&file->tsv, file->good, &good, error) ||
        !read_number(&file->tsv, file->bad, &bad, error))
        return FALSE;
    row->value = nrc_weight(good != 0, bad != 0);
    /* Translations repeat: two English words are one Finnish one. */
    row->repeats = TRUE;
    return row->term.len > 0 && (good != 0 || bad != 0);
}

static gboolean
read_row(VocLexiconFile *file, VocLexiconRow *row, GError **error)
{
    switch (file->format) {
    case VOC_FORMAT_LIST:
        return read_list_row(file, row, error);
    case VOC_FORMAT_NRC:
        return read_flag_row(file, row, error);
    case VOC_FORMAT_NRC_WIDE:
        return read_wide_row(file, row, error);
    default:
        return read_form_row(file, row, error);
    }
}

VocRowKind
voc_lexicon_file_next(VocLexiconFile *file, VocLexiconRow *row, GError **error)
{
    while (voc_tsv_next(&file->tsv)) {
        g_autoptr(GError) problem = NULL;
        gboolean first = file->first;
        file->first = FALSE;
        *row = (VocLexiconRow){.effect = file->effect};
        if (first &&
            (file->format == VOC_FORMAT_NRC_WIDE || (file->format == VOC_FORMAT_LIST && read_header(file))))
            continue;
        gboolean good = read_row(file, row, &problem);
        if (!good && !problem)
            continue;
        if (!good) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return VOC_ROW_BAD;
        }
        if (row->effect == VOC_EFFECT_WEIGHT)
            row->feeling = fabs(row->value);
        return VOC_ROW_GOOD;
    }
    return VOC_ROW_END;
}
