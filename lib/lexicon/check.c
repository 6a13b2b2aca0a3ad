#include "lexicon/check.h"

#include <math.h>

#include "io/input.h"
#include "lexicon/cues.h"
#include "lexicon/formats.h"
#include "lexicon/lists.h"
#include "lexicon/score.h"
#include "lexicon/sign.h"

/* Weights beyond this are slips; AFINN's reach it. */
#define WEIGHT_MAX 5
#define FACTOR_MAX 4

/* What is put behind a beginning to make a word that nothing else knows. */
#define ENDING "zqx"

struct VocLexiconCheck {
    VocLang lang;
    const VocWordModel *model;
    VocWords *loading; /* of the lexicon */
    VocWords *words;   /* for reading texts */
    VocLexicon *lexicon;
    VocSenses *senses;
    VocCues *cues;
    VocArena arena;
    GHashTable *paths;    /* of the files under check, interned */
    GHashTable *patterns; /* cue pattern: where it stands */
    GHashTable *known;    /* path:line of rows that were told already */
    GArray *problems;
    guint n_entries;
};

static void
free_problem(void *problem)
{
    g_free(((VocProblem *)problem)->reason);
}

VocLexiconCheck *
voc_lexicon_check_new(VocLang lang, const VocWordModel *model, const char *data_dir, GError **error)
{
    g_autoptr(VocLexiconCheck) check = g_new0(VocLexiconCheck, 1);
    check->lang = lang;
    check->model = model;
    check->loading = voc_words_new(model);
    check->words = voc_words_new(model);
    check->lexicon = voc_lexicon_new(lang, check->loading);
    check->cues = voc_cues_new(lang, check->loading);
    voc_arena_init(&check->arena, 0);
    check->senses = voc_senses_new();
    check->paths = g_hash_table_new(NULL, NULL);
    check->patterns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    check->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    check->problems = g_array_new(FALSE, FALSE, sizeof(VocProblem));
    g_array_set_clear_func(check->problems, free_problem);
    if (!voc_lexicon_load_language(check->lexicon, data_dir, VOC_LISTS_ALL, error))
        return NULL;
    return g_steal_pointer(&check);
}

void
voc_lexicon_check_free(VocLexiconCheck *check)
{
    if (!check)
        return;
    voc_cues_free(check->cues);
    voc_lexicon_free(check->lexicon);
    voc_words_free(check->loading);
    voc_words_free(check->words);
    voc_arena_clear(&check->arena);
    voc_senses_free(check->senses);
    g_hash_table_unref(check->paths);
    g_hash_table_unref(check->patterns);
    g_hash_table_unref(check->known);
    g_array_unref(check->problems);
    g_free(check);
}

/* One problem a row is enough. */
static void G_GNUC_PRINTF(4, 5)
    tell(VocLexiconCheck *check, const char *path, guint line, const char *format, ...)
{
    va_list args;
    if (!g_hash_table_add(check->known, g_strdup_printf("%s:%u", path, line)))
        return;
    va_start(args, format);
    VocProblem problem = {g_intern_string(path), line, g_strdup_vprintf(format, args)};
    va_end(args);
    g_array_append_val(check->problems, problem);
}

/* An error that names file and line already, as a problem. */
static void
tell_error(VocLexiconCheck *check, const char *path, guint line, const GError *error)
{
    g_autofree char *place = g_strdup_printf("%s:%u: ", path, line);
    const char *reason = error->message;
    if (g_str_has_prefix(reason, place))
        reason += strlen(place);
    tell(check, path, line, "%s", reason);
}

/* --- rows --- */

static guint
filled_columns(const VocTsv *tsv)
{
    guint n = tsv->n;
    while (n && !tsv->cell[n - 1].len)
        n--;
    return n;
}

static void
check_columns(VocLexiconCheck *check, const VocLexiconFile *file, const VocLexiconRow *row, const char *path)
{
    const VocTsv *tsv = &file->tsv;
    guint most = file->named                        ? file->columns
                 : row->effect == VOC_EFFECT_NEGATE ? 2
                 : file->format != VOC_FORMAT_LIST  ? VOC_TSV_COLUMNS
                                                    : 3;
    if (filled_columns(tsv) > most)
        tell(check, path, tsv->line, "%u columns, where there may be %u", filled_columns(tsv), most);
    if (!row->term.len)
        tell(check, path, tsv->line, "no term");
    if (file->effect == VOC_EFFECT_BUT && !voc_slice_equal_string(tsv->cell[1], "but") &&
        !voc_slice_equal_string(tsv->cell[1], "although"))
        tell(check, path, tsv->line, "'%.*s' is neither but nor although", (int)tsv->cell[1].len,
             tsv->cell[1].data ? tsv->cell[1].data : "");
    if (row->effect == VOC_EFFECT_WEIGHT && fabs(row->value) > WEIGHT_MAX)
        tell(check, path, tsv->line, "a weight is -4 to 4");
    if (row->effect == VOC_EFFECT_SCALE && (row->value <= 0 || row->value > FACTOR_MAX))
        tell(check, path, tsv->line, "a factor is over 0, and %d at most", FACTOR_MAX);
}

/* A later line of the same file is the shipped list's, which is loaded anyway. */
static void
check_repetition(VocLexiconCheck *check, const VocLexiconRow *row, const char *path, guint line)
{
    const VocEntry *before = voc_lexicon_find(check->lexicon, row->effect, row->term);
    if (!before || !before->path || row->repeats || !g_hash_table_contains(check->paths, before->path) ||
        (before->path == path && before->line >= line))
        return;
    int len = (int)row->term.len;
    if (fabs(before->value - row->value) < 1e-6)
        tell(check, path, line, "'%.*s' stands at %s:%u already", len, row->term.data, before->path,
             before->line);
    else
        tell(check, path, line, "'%.*s' is %g here and %g at %s:%u", len, row->term.data, row->value,
             (double)before->value, before->path, before->line);
}

static gboolean
check_list(VocLexiconCheck *check, const char *path, GError **error)
{
    g_auto(VocLexiconFile) file = {0};
    VocLexiconRow row;
    VocRowKind kind;
    g_autoptr(GError) problem = NULL;
    if (!voc_lexicon_file_open_any(&file, path, error))
        return FALSE;
    while ((kind = voc_lexicon_file_next(&file, &row, &problem)) != VOC_ROW_END) {
        guint line = file.tsv.line;
        if (kind == VOC_ROW_BAD) {
            tell_error(check, path, line, problem);
            g_clear_error(&problem);
            continue;
        }
        check_columns(check, &file, &row, path);
        check_repetition(check, &row, path, line);
        const VocEntry *entry = row.term.len ? voc_lexicon_add(check->lexicon, row.effect, row.term,
                                                               row.value, row.feeling, path, line)
                                             : NULL;
        if (entry && row.effect == VOC_EFFECT_WEIGHT)
            voc_lexicon_give_way(check->lexicon, entry);
        if (row.term.len && !entry)
            tell(check, path, line, "a term has 1 to %d words",
                 row.effect == VOC_EFFECT_LEARNED ? 2 : VOC_TERM_MAX);
    }
    return TRUE;
}

/* --- what texts are cut into --- */

/* A copy with room to read behind it. */
static VocSlice
padded(VocLexiconCheck *check, VocSlice bytes)
{
    char *copy = voc_arena_alloc0(&check->arena, bytes.len + VOC_PADDING);
    if (bytes.len)
        memcpy(copy, bytes.data, bytes.len);
    return voc_slice_of(copy, bytes.len);
}

static VocText
read_text(VocLexiconCheck *check, VocSlice bytes)
{
    VocText text = *voc_words_read(check->words, padded(check, bytes), &check->arena);
    text.lang = check->lang;
    return text;
}

/* The tokens of a text, at most `max`; returns how many there are. */
static guint
tokens_of(VocLexiconCheck *check, const VocText *text, const VocToken **tokens, guint max)
{
    guint n = 0;
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = voc_words_list(check->words, text->chunks[i], check->lang);
        for (guint k = 0; k < list->n; k++, n++)
            if (n < max)
                tokens[n] = &list->tokens[k];
    }
    return n;
}

/* Adds a word that an element of a term (or of a pattern) stands for. */
static void
add_sample(GString *out, VocSlice element)
{
    gboolean form = element.len > 1 && element.data[0] == '=';
    gboolean beginning = !form && element.len > 1 && element.data[element.len - 1] == '*';
    g_string_append_len(out, element.data + form, (gssize)(element.len - form - beginning));
    if (beginning)
        g_string_append(out, ENDING);
}

/* A text that is a term; its elements are counted in `*n`. */
static GString *
sample_of(VocSlice term, guint *n)
{
    GString *sample = g_string_new(NULL);
    *n = 0;
    while (term.len) {
        const char *blank = memchr(term.data, ' ', term.len);
        gsize len = blank ? (gsize)(blank - term.data) : term.len;
        if (len) {
            if ((*n)++)
                g_string_append_c(sample, ' ');
            add_sample(sample, voc_slice_of(term.data, len));
        }
        len += blank != NULL;
        term = voc_slice_of(term.data + len, term.len - len);
    }
    return sample;
}

/* --- calibration, stop words, cues --- */

/* A word of a pattern: a, =a or a*. */
static void
check_cue_word(VocLexiconCheck *check, VocSlice word, const char *path, guint line)
{
    const VocToken *token;
    if (!word.len || voc_slice_equal_string(word, "NEG") || voc_slice_equal_string(word, "_"))
        return;
    g_autoptr(GString) sample = g_string_new(NULL);
    add_sample(sample, word);
    VocText text = read_text(check, voc_slice_of(sample->str, sample->len));
    guint n = tokens_of(check, &text, &token, 1);
    if (n == 1 && (token->raw.kind == VOC_TOKEN_WORD || token->raw.kind == VOC_TOKEN_HASHTAG ||
                   token->raw.kind == VOC_TOKEN_NUMBER))
        return;
    tell(check, path, line, "no text is cut into the word '%.*s'", (int)word.len, word.data);
}

static void
check_cue_item(VocLexiconCheck *check, VocSlice item, const char *path, guint line)
{
    if (item.data[0] == '~')
        return;
    if (item.data[0] == '!')
        item = voc_slice_of(item.data + 1, item.len - 1);
    if (item.len && item.data[item.len - 1] == '?')
        item.len--;
    while (item.len) {
        const char *bar = memchr(item.data, '|', item.len);
        gsize len = bar ? (gsize)(bar - item.data) : item.len;
        check_cue_word(check, voc_slice_of(item.data, len), path, line);
        len += bar != NULL;
        item = voc_slice_of(item.data + len, item.len - len);
    }
}

static void
check_cue_row(VocLexiconCheck *check, const VocTsv *tsv, const char *path)
{
    VocSlice pattern = tsv->cell[2];
    g_autofree char *key = g_strdup_printf("%.*s\t%.*s", (int)tsv->cell[0].len, tsv->cell[0].data,
                                           (int)pattern.len, pattern.len ? pattern.data : "");
    const char *before = g_hash_table_lookup(check->patterns, key);
    if (before)
        tell(check, path, tsv->line, "the cue has this pattern at %s already", before);
    else
        g_hash_table_insert(check->patterns, g_steal_pointer(&key),
                            g_strdup_printf("%s:%u", path, tsv->line));
    if (filled_columns(tsv) > 4)
        tell(check, path, tsv->line, "%u columns, where there may be 4", filled_columns(tsv));
    while (pattern.len) {
        const char *blank = memchr(pattern.data, ' ', pattern.len);
        gsize len = blank ? (gsize)(blank - pattern.data) : pattern.len;
        if (len)
            check_cue_item(check, voc_slice_of(pattern.data, len), path, tsv->line);
        len += blank != NULL;
        pattern = voc_slice_of(pattern.data + len, pattern.len - len);
    }
    check->n_entries++;
}

static gboolean
check_cues(VocLexiconCheck *check, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        g_autoptr(GError) problem = NULL;
        if (!voc_cues_add(check->cues, &tsv, &problem))
            tell_error(check, path, tsv.line, problem);
        else
            check_cue_row(check, &tsv, path);
    }
    return TRUE;
}

static gboolean
check_words(VocLexiconCheck *check, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        check->n_entries++;
        gpointer before = NULL;
        g_autofree char *word = voc_slice_dup(tsv.cell[0]);
        if (g_hash_table_lookup_extended(seen, word, NULL, &before))
            tell(check, path, tsv.line, "'%s' stands in line %u already", word, GPOINTER_TO_UINT(before));
        else
            g_hash_table_insert(seen, g_steal_pointer(&word), GUINT_TO_POINTER(tsv.line));
        if (filled_columns(&tsv) > 2)
            tell(check, path, tsv.line, "%u columns, where there may be 2", filled_columns(&tsv));
    }
    return TRUE;
}

static gboolean
check_calibration(VocLexiconCheck *check, const char *path, GError **error)
{
    g_autoptr(GError) problem = NULL;
    VocCalibration calibration;
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    voc_calibration_init(&calibration);
    while (voc_tsv_next(&tsv)) {
        check->n_entries++;
        if (!voc_calibration_set(&calibration, &tsv, &problem))
            tell_error(check, path, tsv.line, problem);
        g_clear_error(&problem);
    }
    return TRUE;
}

gboolean
voc_lexicon_check_file(VocLexiconCheck *check, const char *path, GError **error)
{
    static const struct {
        const char *name;
        gboolean (*work)(VocLexiconCheck *check, const char *path, GError **error);
    } OTHERS[] = {{"cues.tsv", check_cues},
                  {"stopwords.tsv", check_words},
                  {"calibration.tsv", check_calibration},
                  {"calibration-stems.tsv", check_calibration}};
    g_autofree char *name = g_path_get_basename(path);
    const char *kept = g_intern_string(path);
    g_hash_table_add(check->paths, (char *)kept);
    for (guint i = 0; i < G_N_ELEMENTS(OTHERS); i++)
        if (g_str_equal(name, OTHERS[i].name))
            return OTHERS[i].work(check, kept, error);
    /* Of the two only one is loaded. */
    if (g_str_equal(name, voc_lexicon_on_stems(check->lexicon) ? "learned.tsv" : "learned-stems.tsv"))
        return TRUE;
    return check_list(check, kept, error);
}

/* --- what can be reached --- */

static void
tell_lost(VocLexiconCheck *check, const VocEntry *entry, const VocEntry *winner)
{
    if (winner && winner->path)
        tell(check, entry->path, entry->line, "'%.*s' never counts: '%.*s' at %s:%u does instead",
             (int)entry->term.len, entry->term.data, (int)winner->term.len, winner->term.data, winner->path,
             winner->line);
    else
        tell(check, entry->path, entry->line, "'%.*s' never counts: no rule reaches it", (int)entry->term.len,
             entry->term.data);
}

static gboolean
is_learned(const VocSense *sense, const VocEntry *entry)
{
    for (guint i = 0; i < sense->n_learned; i++)
        if (sense->entries->learned[i] == entry)
            return TRUE;
    return FALSE;
}

/* The entry that counts in the place of `entry` where a token has this sense: itself when it can. */
static const VocEntry *
counting(const VocSense *sense, const VocEntry *entry)
{
    static const VocEffect ORDER[] = {VOC_EFFECT_NEUTRAL, VOC_EFFECT_WEIGHT, VOC_EFFECT_NEGATE,
                                      VOC_EFFECT_SCALE,   VOC_EFFECT_BUT,    VOC_EFFECT_ALTHOUGH};
    if (!sense || !(sense->effects & 1u << entry->effect))
        return NULL;
    if (sense->entries->entry[entry->effect] != entry)
        return sense->entries->entry[entry->effect];
    for (guint i = 0; ORDER[i] != entry->effect; i++) {
        gboolean both = entry->effect == VOC_EFFECT_NEGATE ||
                        (entry->effect == VOC_EFFECT_SCALE && ORDER[i] == VOC_EFFECT_WEIGHT);
        if (sense->effects & 1u << ORDER[i] && (ORDER[i] == VOC_EFFECT_NEUTRAL || !both))
            return sense->entries->entry[ORDER[i]];
    }
    return entry;
}

static void
try_word(VocLexiconCheck *check, const VocEntry *entry, const VocText *text)
{
    const VocToken *token;
    guint n = tokens_of(check, text, &token, 1);
    if (n != 1) {
        tell(check, entry->path, entry->line, "no text is cut into the word '%.*s': it makes %u tokens",
             (int)entry->term.len, entry->term.data, n);
        return;
    }
    const VocSense *sense = voc_lexicon_sense(check->lexicon, token, check->senses);
    const VocEntry *found = sense && entry->effect != VOC_EFFECT_LEARNED ? counting(sense, entry) : NULL;
    if (found == entry || (sense && entry->effect == VOC_EFFECT_LEARNED && is_learned(sense, entry)))
        return;
    if (sense && sense->sign != VOC_SIGN_WORD && !sense->effects) {
        tell(check, entry->path, entry->line, "'%.*s' is neither a word nor an emoji or emoticon",
             (int)entry->term.len, entry->term.data);
        return;
    }
    /* Another form of the same base form may still come to it. */
    VocToken other = *token;
    other.norm = VOC_SLICE("\x02");
    const VocSense *base = voc_lexicon_sense(check->lexicon, &other, check->senses);
    if (!base || entry->effect == VOC_EFFECT_LEARNED || counting(base, entry) != entry)
        tell_lost(check, entry, found);
}

/* Elements of a term that are forms as written. */
static guint
forms_in(VocSlice term)
{
    guint n = term.len > 0 && term.data[0] == '=';
    for (gsize i = 1; i < term.len; i++)
        n += term.data[i - 1] == ' ' && term.data[i] == '=';
    return n;
}

static void
try_phrase(VocLexiconCheck *check, VocScorer *scorer, const VocEntry *entry, const VocText *text)
{
    VocScore score;
    guint n_traces, n = tokens_of(check, text, NULL, 0);
    if (n != entry->n) {
        tell(check, entry->path, entry->line, "no text is cut into '%.*s': it makes %u tokens",
             (int)entry->term.len, entry->term.data, n);
        return;
    }
    const VocEntry *winner = NULL;
    const VocTrace *traces = voc_scorer_trace(scorer, text, &score, &n_traces);
    for (guint i = 0; i < n_traces; i++)
        if (traces[i].entry == entry)
            return;
    for (guint i = 0; i < score.n_hits; i++) {
        if (score.hits[i].entry == entry)
            return;
        if (!winner || score.hits[i].entry->n > winner->n)
            winner = score.hits[i].entry;
    }
    /* The same words in other forms may still come to it. */
    if (!winner || winner->n != entry->n || forms_in(winner->term) <= forms_in(entry->term))
        tell_lost(check, entry, winner);
}

static void
try_sign(VocLexiconCheck *check, const VocEntry *entry)
{
    VocSlice name = voc_slice_of(entry->term.data + 1, entry->term.len - 2);
    if (voc_slice_starts_with(name, VOC_SLICE("end ")))
        name = voc_slice_of(name.data + 4, name.len - 4);
    for (guint sign = 0; sign < VOC_N_SIGNS; sign++)
        if (voc_slice_equal_string(name, voc_sign_name((VocSign)sign)))
            return;
    tell(check, entry->path, entry->line, "'%.*s' is no sign", (int)entry->term.len, entry->term.data);
}

static void
try_entry(VocLexiconCheck *check, VocScorer *scorer, const VocEntry *entry)
{
    guint n;
    check->n_entries++;
    if (entry->effect == VOC_EFFECT_LEARNED && entry->term.data[0] == '<') {
        try_sign(check, entry);
        return;
    }
    g_autoptr(GString) sample = sample_of(entry->term, &n);
    VocText text = read_text(check, voc_slice_of(sample->str, sample->len));
    if (entry->n == 1)
        try_word(check, entry, &text);
    else
        try_phrase(check, scorer, entry, &text);
    voc_words_settle(check->words);
    voc_arena_reset(&check->arena);
}

static int
by_place(gconstpointer a, gconstpointer b)
{
    const VocProblem *left = a, *right = b;
    int paths = strcmp(left->path, right->path);
    return paths ? paths : (left->line > right->line) - (left->line < right->line);
}

const GArray *
voc_lexicon_check_finish(VocLexiconCheck *check, guint *n_entries)
{
    const VocLexicon *lexicons[VOC_N_LANGS] = {NULL};
    voc_lexicon_freeze(check->lexicon);
    lexicons[check->lang] = check->lexicon;
    /* A scorer must be there before the first text. */
    voc_words_free(check->words);
    check->words = voc_words_new(check->model);
    VocScorer *scorer = voc_scorer_new(lexicons, check->words);
    voc_scorer_set_shown(scorer, 0);
    for (guint i = 0; i < voc_lexicon_size(check->lexicon); i++) {
        const VocEntry *entry = voc_lexicon_entry(check->lexicon, i);
        if (entry && entry->path && g_hash_table_contains(check->paths, entry->path))
            try_entry(check, scorer, entry);
    }
    voc_scorer_free(scorer);
    g_array_sort(check->problems, by_place);
    if (n_entries)
        *n_entries = check->n_entries;
    return check->problems;
}
