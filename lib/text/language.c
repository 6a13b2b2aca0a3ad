#include "text/language.h"

#include <math.h>

/* What the n-grams are made of. tests/eval/language/features.py has the same rules and numbers. */
#define MAX_N 5
#define WHOLE_MIN 4
#define WHOLE_MAX 12
#define WORD_MAX 40
#define MARK '_'
#define FOREIGN 0x0436 /* stands for every letter that is not Latin */

#define MAX_NGRAMS 262144u
#define WEIGHT_ZERO 79 /* the character O; a weight is a character from '!' to '~' */

/* Every change of language within a text costs this, in nats; see tests/eval/language. */
#define SWITCH_COST 7.0

/* An n-gram's weights; tags and rows stand apart, for most look-ups find no tag. */
typedef struct Row {
    gint8 v[VOC_LANG_CLASSES];
} Row;

struct VocLangModel {
    guint32 *tags; /* 0: empty */
    Row *rows;
    guint32 mask;
    float step;                    /* nats a unit of weight */
    float noise;                   /* the probability that a word tells nothing */
    double bias[VOC_LANG_CLASSES]; /* nats */
};

static const char *const CLASSES[VOC_LANG_CLASSES] = {"fi", "en", "sv", "et", "no", "de", "ro", "xx"};

/* What everyone says, whatever their language. */
static const char *const NEUTRAL[] = {"ok",     "okk",  "lol",  "xd",  "haha",
                                      "hahaha", "hehe", "hihi", "hmm", "mm"};

#define HASH_SEED G_GUINT64_CONSTANT(0x2545F4914F6CDD1D)

static inline guint64
hash_add(guint64 hash, gunichar c)
{
    hash = (hash ^ c) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static inline guint32
tag_of(guint64 hash)
{
    return (guint32)(hash >> 32) | 1;
}

/* The slot of an n-gram, or the empty one where it would stand. */
static inline guint32
find(const VocLangModel *model, guint64 hash)
{
    guint32 tag = tag_of(hash), slot = (guint32)hash & model->mask;
    while (model->tags[slot] && model->tags[slot] != tag)
        slot = (slot + 1) & model->mask;
    return slot;
}

/* --- the profile --- */

typedef struct Profile {
    const char *path;
    char *next; /* the rest of the file's text */
    guint line;
    GError **error;
} Profile;

static gboolean
fail(const Profile *profile, const char *reason)
{
    g_set_error(profile->error, VOC_ERROR, VOC_ERROR_FATAL, "%s:%u: %s", profile->path, profile->line,
                reason);
    return FALSE;
}

/* The next line, NULL at the end. */
static char *
next_line(Profile *profile)
{
    char *line = profile->next;
    if (!*line)
        return NULL;
    char *end = strchr(line, '\n');
    profile->next = end ? end + 1 : line + strlen(line);
    if (end)
        *end = '\0';
    profile->line++;
    return line;
}

/* What stands behind `name` and a tab in the next line, NULL when that is another line. */
static char *
next_field(Profile *profile, const char *name)
{
    char *line = next_line(profile);
    gsize len = strlen(name);
    return line && strncmp(line, name, len) == 0 && line[len] == '\t' ? line + len + 1 : NULL;
}

static gboolean
read_head(Profile *profile, VocLangModel *model, guint *n)
{
    g_autofree char *classes = g_strjoin(" ", CLASSES[0], CLASSES[1], CLASSES[2], CLASSES[3], CLASSES[4],
                                         CLASSES[5], CLASSES[6], CLASSES[7], NULL);
    const char *line = next_line(profile);
    if (!line || strcmp(line, "voc-language 1") != 0)
        return fail(profile, "not a language profile");
    if (g_strcmp0(next_field(profile, "classes"), classes) != 0)
        return fail(profile, "other classes than this program's");
    char *at = next_field(profile, "step");
    model->step = at ? (float)g_ascii_strtod(at, NULL) : 0;
    if (!(model->step > 0 && model->step < 10))
        return fail(profile, "no step");
    at = next_field(profile, "noise");
    model->noise = at ? (float)g_ascii_strtod(at, NULL) : 0;
    if (!(model->noise > 0 && model->noise < 1))
        return fail(profile, "no noise");
    if (!(at = next_field(profile, "bias")))
        return fail(profile, "no bias");
    for (int i = 0; i < VOC_LANG_CLASSES; i++) {
        char *end;
        model->bias[i] = g_ascii_strtod(at, &end);
        if (end == at || !isfinite(model->bias[i]))
            return fail(profile, "no bias for every class");
        at = end;
    }
    at = next_field(profile, "ngrams");
    guint64 count = at ? g_ascii_strtoull(at, NULL, 10) : 0;
    *n = (guint)count;
    return (count > 0 && count <= MAX_NGRAMS) || fail(profile, "no count of n-grams");
}

/* An n-gram, a tab and a character for each class. */
static gboolean
read_row(Profile *profile, VocLangModel *model)
{
    char *line = next_line(profile);
    char *tab = line ? strchr(line, '\t') : NULL;
    if (!tab || tab == line || strlen(tab + 1) != VOC_LANG_CLASSES)
        return fail(profile, "no n-gram with its weights");
    guint64 hash = HASH_SEED;
    for (const char *at = line; at < tab; at = g_utf8_next_char(at))
        hash = hash_add(hash, g_utf8_get_char(at));
    guint32 slot = find(model, hash);
    if (model->tags[slot])
        return fail(profile, "an n-gram for the second time");
    model->tags[slot] = tag_of(hash);
    for (int i = 0; i < VOC_LANG_CLASSES; i++) {
        if (!g_ascii_isgraph(tab[1 + i]))
            return fail(profile, "a weight that is none");
        model->rows[slot].v[i] = (gint8)(tab[1 + i] - WEIGHT_ZERO);
    }
    return TRUE;
}

static gboolean
read_profile(Profile *profile, VocLangModel *model)
{
    guint n, slots = 1024;
    if (!read_head(profile, model, &n))
        return FALSE;
    while (slots < n * 2)
        slots *= 2;
    model->mask = slots - 1;
    model->tags = g_new0(guint32, slots);
    model->rows = g_new0(Row, slots);
    for (guint i = 0; i < n; i++)
        if (!read_row(profile, model))
            return FALSE;
    return !next_line(profile) || fail(profile, "more n-grams than were said");
}

VocLangModel *
voc_lang_model_load(const char *path, GError **error)
{
    g_autofree char *data = NULL;
    gsize len;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &data, &len, &cause)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", cause->message);
        return NULL;
    }
    Profile profile = {.path = path, .next = data, .error = error};
    VocLangModel *model = g_new0(VocLangModel, 1);
    gboolean good = g_utf8_validate(data, (gssize)len, NULL) ? read_profile(&profile, model)
                                                             : fail(&profile, "not UTF-8");
    if (good)
        return model;
    voc_lang_model_free(model);
    return NULL;
}

void
voc_lang_model_free(VocLangModel *model)
{
    if (!model)
        return;
    g_free(model->tags);
    g_free(model->rows);
    g_free(model);
}

/* --- scoring --- */

/* A folded word under construction: marks stand at c[0] and, when it is whole, behind the last letter. */
typedef struct Word {
    gunichar c[WORD_MAX + 2];
    guint n; /* letters */
} Word;

static inline void
add_row(const VocLangModel *model, guint64 hash, gint32 *sum)
{
    guint32 slot = find(model, hash);
    if (!model->tags[slot])
        return;
    const Row *row = &model->rows[slot];
    for (int i = 0; i < VOC_LANG_CLASSES; i++)
        sum[i] += row->v[i];
}

/* The sum over the features of a whole word. */
static void
sum_ngrams(const VocLangModel *model, const Word *word, gint32 *sum)
{
    guint end = word->n + 2;
    for (guint i = 0; i < end; i++) {
        guint64 hash = HASH_SEED;
        guint stop = MIN(end, i + MAX_N);
        for (guint k = i; k < stop; k++) {
            hash = hash_add(hash, word->c[k]);
            if (k > i || word->c[k] != MARK)
                add_row(model, hash, sum);
        }
        if (i > 0 || word->n < WHOLE_MIN || word->n > WHOLE_MAX)
            continue;
        for (guint k = stop; k < end; k++)
            hash = hash_add(hash, word->c[k]);
        add_row(model, hash, sum);
    }
}

/* What a word with these sums tells: log((1 - noise) softmax + noise / classes), its maximum made 0. */
static void
add_evidence(const VocLangModel *model, const gint32 *sum, VocLangScores *out)
{
    float p[VOC_LANG_CLASSES], total = 0;
    int top = 0;
    for (int i = 1; i < VOC_LANG_CLASSES; i++)
        top = sum[i] > sum[top] ? i : top;
    for (int i = 0; i < VOC_LANG_CLASSES; i++)
        total += p[i] = expf((float)(sum[i] - sum[top]) * model->step);
    float floor = model->noise / VOC_LANG_CLASSES, most = (1 - model->noise) / total + floor;
    for (int i = 0; i < VOC_LANG_CLASSES; i++) {
        float log_ratio = logf(((1 - model->noise) * p[i] / total + floor) / most);
        out->v[i] += (gint32)lrintf(log_ratio * VOC_LANG_UNITS);
    }
}

static gboolean
is_neutral(const Word *word)
{
    if (word->n > 6)
        return FALSE;
    char ascii[8];
    for (guint i = 0; i < word->n; i++)
        ascii[i] = word->c[i + 1] < 0x80 ? (char)word->c[i + 1] : '?';
    ascii[word->n] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(NEUTRAL); i++)
        if (strcmp(ascii, NEUTRAL[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Adds what the word tells and begins a new one. */
static void
finish_word(const VocLangModel *model, Word *word, VocLangScores *out)
{
    gint32 sum[VOC_LANG_CLASSES] = {0};
    if (word->n && !is_neutral(word)) {
        word->c[word->n + 1] = MARK;
        sum_ngrams(model, word, sum);
        add_evidence(model, sum, out);
        out->letters += (gint32)word->n;
    }
    word->n = 0;
}

/* The letter that `c` counts as, 0 when it is none. */
static gunichar
letter_of(gunichar c)
{
    if (c < 0x80)
        return g_ascii_isalpha(c) ? (gunichar)g_ascii_tolower((char)c) : 0;
    if (!g_unichar_isalpha(c) || c == 0x02BC)
        return 0;
    return c < 0x250 || (c >= 0x1E00 && c < 0x1F00) ? g_unichar_tolower(c) : FOREIGN;
}

static gboolean
is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/* Soft hyphens and zero-width marks; they stand inside words and say nothing. */
static gboolean
is_invisible(gunichar c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

/* Adds a letter; the third of the same in a row, and what is over the limit, is passed over. */
static inline void
add_letter(Word *word, gunichar c)
{
    const gunichar *last = &word->c[word->n];
    if (word->n < WORD_MAX && !(word->n > 1 && last[0] == c && last[-1] == c))
        word->c[++word->n] = c;
}

/* A combining mark joins the letter before where there is one for both. */
static void
add_mark(Word *word, gunichar mark)
{
    gunichar joined;
    if (word->n && g_unichar_compose(word->c[word->n], mark, &joined))
        word->c[word->n] = joined;
}

/* One character; anything that is no UTF-8 is taken as a mark of one byte. */
static inline gunichar
read_char(const char *at, const char *end, gsize *len)
{
    *len = 1;
    if ((guchar)*at < 0x80)
        return (guchar)*at;
    gunichar c = g_utf8_get_char_validated(at, end - at);
    if (c >= 0x110000)
        return '.';
    *len = (gsize)g_utf8_skip[(guchar)*at];
    return c;
}

/* The length of a [MASK], <MASK> or &entity; that begins here, else 0. */
static gsize
blank_len(const char *at, const char *end)
{
    char close = *at == '[' ? ']' : *at == '<' ? '>' : ';';
    const char *to = at + 1;
    if (close == ';') {
        to += to < end && *to == '#';
        while (to < end && g_ascii_isalnum(*to))
            to++;
    } else {
        while (to < end && (g_ascii_isupper(*to) || g_ascii_isdigit(*to) || *to == '_' || *to == '-'))
            to++;
    }
    return to > at + 1 && to < end && *to == close && to[-1] != '#' ? (gsize)(to + 1 - at) : 0;
}

/* Addresses and mentions. */
static gboolean
is_address(VocSlice chunk)
{
    if (memchr(chunk.data, '@', chunk.len))
        return TRUE;
    if (chunk.len >= 4 && g_ascii_strncasecmp(chunk.data, "www.", 4) == 0)
        return TRUE;
    const char *colon = memchr(chunk.data, ':', chunk.len);
    return colon && memmem(chunk.data, chunk.len, "://", 3) != NULL;
}

static void
score_words(const VocLangModel *model, VocSlice chunk, VocLangScores *out)
{
    Word word = {.c = {MARK}};
    const char *end = chunk.data + chunk.len;
    gsize len;
    for (const char *at = chunk.data; at < end; at += len) {
        gunichar c = read_char(at, end, &len), letter = letter_of(c);
        if (is_apostrophe(c)) {
            gsize next_len;
            if (word.n && at + len < end && letter_of(read_char(at + len, end, &next_len)))
                add_letter(&word, '\'');
            else
                finish_word(model, &word, out);
        } else if (letter) {
            add_letter(&word, letter);
        } else if (c >= 0x300 && c < 0x370) {
            add_mark(&word, c);
        } else if (!is_invisible(c)) {
            finish_word(model, &word, out);
            gsize blank = c == '[' || c == '<' || c == '&' ? blank_len(at, end) : 0;
            len = MAX(len, blank);
        }
    }
    finish_word(model, &word, out);
}

void
voc_lang_model_score(const VocLangModel *model, VocSlice chunk, VocLangScores *out)
{
    memset(out, 0, sizeof *out);
    if (chunk.len && !is_address(chunk))
        score_words(model, chunk, out);
}

/* --- deciding --- */

/* Background classes end as und. */
static VocLang
lang_of_class(int class)
{
    static const VocLang LANGS[VOC_LANG_CLASSES] = {VOC_LANG_FI, VOC_LANG_EN, VOC_LANG_SV};
    return LANGS[class];
}

VocLang
voc_lang_decide(const VocLangModel *model, const VocLangScores *sum, double *confidence)
{
    double logits[VOC_LANG_CLASSES], of[VOC_N_LANGS] = {0}, total = 0, most = -INFINITY;
    if (confidence)
        *confidence = 0;
    if (sum->letters <= 0)
        return VOC_LANG_UND;
    for (int i = 0; i < VOC_LANG_CLASSES; i++) {
        logits[i] = (double)sum->v[i] / VOC_LANG_UNITS + model->bias[i];
        most = MAX(most, logits[i]);
    }
    for (int i = 0; i < VOC_LANG_CLASSES; i++) {
        /* What is e^20 times less likely changes no decimal of the answer. */
        double p = logits[i] > most - 20 ? exp(logits[i] - most) : 0;
        of[lang_of_class(i)] += p;
        total += p;
    }
    VocLang best = VOC_LANG_UND;
    for (int lang = VOC_LANG_UND + 1; lang < VOC_N_LANGS; lang++)
        if (of[lang] > of[best])
            best = (VocLang)lang;
    if (confidence)
        *confidence = of[best] / total;
    return best;
}

void
voc_lang_segments(const VocLangModel *model, const VocLangScores *chunks, gsize n, VocLang *out)
{
    double best[VOC_LANG_CLASSES];
    gint64 letters = 0;
    for (gsize k = 0; k < n; k++) {
        letters += chunks[k].letters;
        out[k] = VOC_LANG_UND;
    }
    if (!letters)
        return;
    g_autofree guint8 *from = g_new(guint8, n * VOC_LANG_CLASSES);
    memcpy(best, model->bias, sizeof best);
    for (gsize k = 0; k < n; k++) {
        int top = 0;
        for (int i = 1; i < VOC_LANG_CLASSES; i++)
            top = best[i] > best[top] ? i : top;
        double entered = best[top] - SWITCH_COST;
        for (int i = 0; i < VOC_LANG_CLASSES; i++) {
            gboolean stays = k == 0 || best[i] >= entered + model->bias[i];
            from[k * VOC_LANG_CLASSES + i] = (guint8)(stays ? i : top);
            best[i] = (stays ? best[i] : entered + model->bias[i]) + (double)chunks[k].v[i] / VOC_LANG_UNITS;
        }
    }
    int class = 0;
    for (int i = 1; i < VOC_LANG_CLASSES; i++)
        class = best[i] > best[class] ? i : class;
    for (gsize k = n; k-- > 0;) {
        out[k] = lang_of_class(class);
        class = from[k * VOC_LANG_CLASSES + class];
    }
}

static const char *const NAMES[VOC_N_LANGS] = {"und", "fi", "en", "sv"};

const char *
voc_lang_name(VocLang lang)
{
    return NAMES[lang];
}

VocLang
voc_lang_from_name(VocSlice name)
{
    if (name.len < 2 || (name.len > 2 && name.data[2] != '-' && name.data[2] != '_'))
        return VOC_LANG_UND;
    for (int lang = VOC_LANG_UND + 1; lang < VOC_N_LANGS; lang++)
        if (g_ascii_strncasecmp(name.data, NAMES[lang], 2) == 0)
            return (VocLang)lang;
    return VOC_LANG_UND;
}
