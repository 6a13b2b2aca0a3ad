#include "stage/search.h"

#include "stage/words.h"

/* A word or phrase longer than this is refused. */
#define PHRASE_MAX 16u

struct VocSearch {
    GPtrArray *patterns; /* VocRegex */
    char **words;
    char **fields;
    gboolean parts;
};

/* A phrase in one language: the base form of each of its words. */
typedef struct Phrase {
    guint n;
    VocSlice bases[PHRASE_MAX];
} Phrase;

struct VocSearcher {
    const VocSearch *search;
    VocThread *thread;
    VocWords *words; /* NULL: no words are looked for */
    VocRegexMatch *match;
    Phrase *phrases[VOC_N_LANGS]; /* one a word of the settings */
    guint n_phrases;
    gboolean begins[VOC_N_LANGS][256]; /* first bytes of the phrases' words */
    VocArena arena, scratch;
    GArray *spans;
    GArray *tokens; /* Word */
};

static const char *const EVERYWHERE[] = {"subject", "text", NULL};

/* --- making --- */

gboolean
voc_search_has(const VocSearchSettings *settings)
{
    return (settings->patterns && settings->patterns[0]) || (settings->words && settings->words[0]);
}

void
voc_search_settings_clear(VocSearchSettings *settings)
{
    g_strfreev(settings->patterns);
    g_strfreev(settings->words);
    g_strfreev(settings->fields);
}

static gboolean
add_patterns(VocSearch *search, const VocSearchSettings *settings, GError **error)
{
    VocRegexFlags flags = settings->ignore_case ? VOC_REGEX_IGNORE_CASE : 0;
    for (char **pattern = settings->patterns; pattern && *pattern; pattern++) {
        VocRegex *regex = voc_regex_new(*pattern, flags, error);
        if (!regex)
            return FALSE;
        g_ptr_array_add(search->patterns, regex);
    }
    return TRUE;
}

static gboolean
has_words(const VocSearch *search)
{
    return search->words && search->words[0];
}

static gboolean
check_words(const VocSearch *search, GError **error)
{
    for (char **word = search->words; word && *word; word++)
        if (!g_utf8_validate(*word, -1, NULL)) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "a word to look for is no UTF-8");
            return FALSE;
        }
    return TRUE;
}

VocSearch *
voc_search_new(const VocSearchSettings *settings, VocContext *context, GError **error)
{
    VocSearch *search = g_new0(VocSearch, 1);
    search->patterns = g_ptr_array_new_with_free_func((GDestroyNotify)voc_regex_free);
    search->words = g_strdupv(settings->words);
    search->parts = settings->parts;
    search->fields = g_strdupv(settings->fields ? settings->fields : (char **)EVERYWHERE);
    if (add_patterns(search, settings, error) && check_words(search, error) &&
        (!has_words(search) || voc_context_word_model(context, error)))
        return search;
    voc_search_free(search);
    return NULL;
}

void
voc_search_free(VocSearch *search)
{
    if (!search)
        return;
    g_ptr_array_unref(search->patterns);
    g_strfreev(search->words);
    g_strfreev(search->fields);
    g_free(search);
}

/* What counts as a word of a text: neither marks nor what they make. */
static gboolean
is_word(const VocToken *token)
{
    return token->raw.kind != VOC_TOKEN_PUNCT;
}

static gboolean
make_phrase(VocSearcher *searcher, const char *words, VocLang lang, Phrase *phrase, GError **error)
{
    gsize len = strlen(words);
    char *copy = voc_arena_alloc0(&searcher->arena, len + 64);
    g_strlcpy(copy, words, len + 1);
    const VocText *text = voc_words_read(searcher->words, voc_slice_of(copy, len), &searcher->arena);
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = voc_words_list(searcher->words, text->chunks[i], lang);
        for (guint k = 0; k < list->n; k++)
            if (is_word(&list->tokens[k]) && phrase->n++ < PHRASE_MAX) {
                VocSlice base = voc_arena_copy(&searcher->arena, list->tokens[k].base);
                phrase->bases[phrase->n - 1] = base;
                searcher->begins[lang][base.len ? (guchar)base.data[0] : 0] = TRUE;
            }
    }
    if (phrase->n && phrase->n <= PHRASE_MAX)
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                phrase->n ? "'%s' has more words than %u" : "there is no word in '%s'", words, PHRASE_MAX);
    return FALSE;
}

static gboolean
make_phrases(VocSearcher *searcher, GError **error)
{
    char **words = searcher->search->words;
    searcher->words = voc_thread_words(searcher->thread, error);
    if (!searcher->words)
        return FALSE;
    searcher->n_phrases = g_strv_length(words);
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        searcher->phrases[lang] = g_new0(Phrase, searcher->n_phrases);
        for (guint i = 0; i < searcher->n_phrases; i++)
            if (!make_phrase(searcher, words[i], (VocLang)lang, &searcher->phrases[lang][i], error))
                return FALSE;
    }
    return TRUE;
}

/* A word of a text being searched. */
typedef struct Word {
    VocSlice base, norm;
    gsize start, end;
    gboolean apart; /* marks stand between it and the word before */
} Word;

VocSearcher *
voc_searcher_new(const VocSearch *search, VocThread *thread, GError **error)
{
    VocSearcher *searcher = g_new0(VocSearcher, 1);
    searcher->search = search;
    searcher->thread = thread;
    searcher->match = voc_regex_match_new();
    searcher->spans = g_array_new(FALSE, FALSE, sizeof(VocSpan));
    searcher->tokens = g_array_new(FALSE, FALSE, sizeof(Word));
    voc_arena_init(&searcher->arena, 4096);
    voc_arena_init(&searcher->scratch, 4096);
    if (!has_words(search) || make_phrases(searcher, error))
        return searcher;
    voc_searcher_free(searcher);
    return NULL;
}

void
voc_searcher_free(VocSearcher *searcher)
{
    if (!searcher)
        return;
    voc_regex_match_free(searcher->match);
    g_array_unref(searcher->spans);
    g_array_unref(searcher->tokens);
    voc_arena_clear(&searcher->arena);
    voc_arena_clear(&searcher->scratch);
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        g_free(searcher->phrases[lang]);
    g_free(searcher);
}

/* --- looking --- */

/* A text under search. With `test` the first find is enough. */
typedef struct Look {
    VocSearcher *searcher;
    VocRecord *record;
    VocSlice path, text;
    gboolean test, gave_up;
    void (*func)(const VocFound *found, gpointer data);
    gpointer data;
} Look;

static void
add_span(VocSearcher *searcher, gsize start, gsize end)
{
    VocSpan span = {start, end};
    g_array_append_val(searcher->spans, span);
}

static void
look_for_pattern(Look *look, const VocRegex *regex)
{
    gsize from = 0, start, end;
    guint most = look->searcher->spans->len + VOC_SEARCH_FINDS;
    while (from <= look->text.len && look->searcher->spans->len < most) {
        VocRegexAnswer answer = voc_regex_find(regex, look->searcher->match, look->text, from, &start, &end);
        look->gave_up |= answer == VOC_REGEX_GAVE_UP;
        if (answer != VOC_REGEX_FOUND)
            return;
        add_span(look->searcher, start, end);
        if (look->test)
            return;
        from = end;
        if (end == start) /* an empty match: on behind the next character */
            do
                from++;
            while (from < look->text.len && ((guchar)look->text.data[from] & 0xC0) == 0x80);
    }
}

/* Bytes that all forms of a word are taken to share with its base form where it is a part of a compound. */
#define SHARED_HEAD 3

static gboolean
has_part(VocSearcher *searcher, const Word *word, VocSlice base, VocLang lang)
{
    gsize head = MIN(base.len, SHARED_HEAD);
    if (!head || word->norm.len <= base.len || !memmem(word->norm.data, word->norm.len, base.data, head))
        return FALSE;
    voc_arena_reset(&searcher->scratch);
    VocSlice parts = voc_words_parts(searcher->words, word->norm, lang, &searcher->scratch);
    while (parts.len) {
        const char *plus = memchr(parts.data, '+', parts.len);
        gsize len = plus ? (gsize)(plus - parts.data) : parts.len;
        if (voc_slice_equal(voc_slice_of(parts.data, len), base))
            return TRUE;
        len += plus != NULL;
        parts = voc_slice_of(parts.data + len, parts.len - len);
    }
    return FALSE;
}

static gboolean
is_inflection(VocSearcher *searcher, const Word *word, VocSlice base, VocLang lang)
{
    return voc_slice_equal(word->base, base) ||
           (searcher->search->parts && has_part(searcher, word, base, lang));
}

static gboolean
phrase_stands_at(VocSearcher *searcher, const Phrase *phrase, guint at, VocLang lang)
{
    const GArray *tokens = searcher->tokens;
    if (at + phrase->n > tokens->len)
        return FALSE;
    for (guint i = 0; i < phrase->n; i++) {
        const Word *word = &g_array_index(tokens, Word, at + i);
        if ((i && word->apart) || !is_inflection(searcher, word, phrase->bases[i], lang))
            return FALSE;
    }
    return TRUE;
}

/* The words of a chunk. Where the language is a guess, only those are brought to its base forms that begin as
 * a word looked for does: noise is not worth an analysis in every language. */
static const VocWordList *
list_words(VocSearcher *searcher, VocChunk *chunk, VocLang lang, gboolean guessed)
{
    if (!guessed)
        return voc_words_list(searcher->words, chunk, lang);
    const VocWordList *list = voc_words_list(searcher->words, chunk, VOC_LANG_UND);
    for (guint k = 0; k < list->n; k++)
        if (list->tokens[k].norm.len && searcher->begins[lang][(guchar)list->tokens[k].norm.data[0]])
            return voc_words_list(searcher->words, chunk, lang);
    return list;
}

static void
gather_words(Look *look, const VocText *text, VocLang lang, gboolean guessed)
{
    VocSearcher *searcher = look->searcher;
    gboolean apart = FALSE;
    g_array_set_size(searcher->tokens, 0);
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = list_words(searcher, text->chunks[i], lang, guessed);
        for (guint k = 0; k < list->n; k++) {
            const VocToken *token = &list->tokens[k];
            gsize start = VOC_CHUNK_START(text->starts[i]) + token->raw.start;
            Word word = {token->base, token->norm, start, start + token->raw.len, apart};
            apart = !is_word(token);
            if (!apart)
                g_array_append_val(searcher->tokens, word);
        }
    }
}

static void
look_in_language(Look *look, const VocText *text, VocLang lang, gboolean guessed)
{
    VocSearcher *searcher = look->searcher;
    gather_words(look, text, lang, guessed);
    guint most = searcher->spans->len + VOC_SEARCH_FINDS;
    for (guint at = 0; at < searcher->tokens->len && searcher->spans->len < most; at++)
        for (guint i = 0; i < searcher->n_phrases; i++) {
            const Phrase *phrase = &searcher->phrases[lang][i];
            if (!phrase_stands_at(searcher, phrase, at, lang))
                continue;
            add_span(searcher, g_array_index(searcher->tokens, Word, at).start,
                     g_array_index(searcher->tokens, Word, at + phrase->n - 1).end);
            if (look->test)
                return;
        }
}

static void
look_for_words(Look *look)
{
    VocSearcher *searcher = look->searcher;
    const VocText *text = voc_record_words(look->record, searcher->words);
    VocLang lang = text->lang;
    if (!voc_slice_equal(text->text, look->text)) {
        /* The matcher may have to read behind the text. */
        char *copy = voc_arena_alloc0(look->record->arena, look->text.len + 64);
        if (look->text.len)
            memcpy(copy, look->text.data, look->text.len);
        text = voc_words_read(searcher->words, voc_slice_of(copy, look->text.len), look->record->arena);
        lang = lang ? lang : text->lang;
    }
    if (lang && !text->langs) {
        look_in_language(look, text, lang, FALSE);
        return;
    }
    for (int any = 0; any < VOC_N_LANGS; any++)
        look_in_language(look, text, (VocLang)any, TRUE);
}

static int
compare_spans(gconstpointer a, gconstpointer b)
{
    const VocSpan *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->end > right->end ? -1 : left->end < right->end;
}

/* Puts the spans in order and takes out what is empty or overlaps one before. */
static void
settle_spans(GArray *spans)
{
    guint kept = 0;
    gsize end = 0;
    g_array_sort(spans, compare_spans);
    for (guint i = 0; i < spans->len; i++) {
        VocSpan span = g_array_index(spans, VocSpan, i);
        if (span.start < end || span.start == span.end)
            continue;
        g_array_index(spans, VocSpan, kept++) = span;
        end = span.end;
    }
    g_array_set_size(spans, kept);
}

/* TRUE when the search is over. */
static gboolean
look_at_text(const VocJson *value, gpointer data)
{
    Look *look = data;
    VocSearcher *searcher = look->searcher;
    look->text = voc_field_text(value);
    g_array_set_size(searcher->spans, 0);
    for (guint i = 0; i < searcher->search->patterns->len; i++) {
        look_for_pattern(look, g_ptr_array_index(searcher->search->patterns, i));
        if (look->test && searcher->spans->len)
            return TRUE;
    }
    if (searcher->n_phrases)
        look_for_words(look);
    if (look->test)
        return searcher->spans->len > 0;
    settle_spans(searcher->spans);
    VocFound found = {look->path, look->text, (const VocSpan *)(gpointer)searcher->spans->data,
                      searcher->spans->len};
    if (found.n)
        look->func(&found, look->data);
    return FALSE;
}

static gboolean
look_at_value(const VocJson *value, gpointer data)
{
    return voc_field_plain(value, look_at_text, data);
}

static gboolean
look_everywhere(Look *look)
{
    for (char **field = look->searcher->search->fields; *field; field++) {
        look->path = voc_slice_from_string(*field);
        if (voc_field_each(look->record, look->path, look_at_value, look))
            return TRUE;
    }
    return FALSE;
}

VocSearchAnswer
voc_searcher_test(VocSearcher *searcher, VocRecord *record)
{
    Look look = {.searcher = searcher, .record = record, .test = TRUE};
    if (look_everywhere(&look))
        return VOC_SEARCH_FOUND;
    return look.gave_up ? VOC_SEARCH_GAVE_UP : VOC_SEARCH_NONE;
}

gboolean
voc_searcher_each(VocSearcher *searcher, VocRecord *record,
                  void (*func)(const VocFound *found, gpointer data), gpointer data)
{
    Look look = {.searcher = searcher, .record = record, .func = func, .data = data};
    look_everywhere(&look);
    return !look.gave_up;
}
