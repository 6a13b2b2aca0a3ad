#include "theme/corpus-data.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DOCUMENTS 100000u
/* The part of a text that is kept for quotes. */
#define MOST_TEXT 2000u
/* Words that brackets may hold and be a mask. */
#define MOST_BRACKETED 5u

/* What the table of a thread knows of a word: its numbers, once a document with it was kept. */
typedef struct Note {
    gboolean numbered, is_term;
    guint32 term, form;
} Note;

struct VocCorpusReader {
    VocCorpus *corpus;
    VocWords *words;
    guint annotator;
};

static void
names_init(VocNames *names)
{
    names->number = g_hash_table_new(g_str_hash, g_str_equal);
    names->name = g_ptr_array_new_with_free_func(g_free);
}

static void
names_clear(VocNames *names)
{
    g_hash_table_unref(names->number);
    g_ptr_array_unref(names->name);
}

static guint32
names_add(VocNames *names, VocSlice name, VocBuffer *key)
{
    voc_buffer_reset(key);
    voc_buffer_add_slice(key, name);
    const char *string = voc_buffer_string(key);
    gpointer number;
    if (g_hash_table_lookup_extended(names->number, string, NULL, &number))
        return GPOINTER_TO_UINT(number);
    char *copy = g_strdup(string);
    g_ptr_array_add(names->name, copy);
    g_hash_table_insert(names->number, copy, GUINT_TO_POINTER(names->name->len - 1));
    return names->name->len - 1;
}

VocCorpus *
voc_corpus_new(guint most)
{
    VocCorpus *corpus = g_new0(VocCorpus, 1);
    corpus->most = most ? most : MOST_DOCUMENTS;
    names_init(&corpus->terms);
    names_init(&corpus->forms);
    names_init(&corpus->labels);
    corpus->by_hash = g_hash_table_new(g_int64_hash, g_int64_equal);
    corpus->documents = g_ptr_array_new();
    corpus->term_of = g_array_new(FALSE, FALSE, sizeof(guint32));
    corpus->form_of = g_array_new(FALSE, FALSE, sizeof(guint32));
    corpus->shape_of = g_array_new(FALSE, FALSE, 1);
    return corpus;
}

static void
document_free(VocDocument *document)
{
    g_free(document->terms);
    g_free(document->forms);
    g_free(document->shapes);
    g_free(document->text);
    g_free(document->labels);
    g_free(document);
}

void
voc_corpus_free(VocCorpus *corpus)
{
    if (!corpus)
        return;
    for (guint i = 0; i < corpus->documents->len; i++)
        document_free(g_ptr_array_index(corpus->documents, i));
    g_ptr_array_unref(corpus->documents);
    g_hash_table_unref(corpus->by_hash);
    g_array_unref(corpus->term_of);
    g_array_unref(corpus->form_of);
    g_array_unref(corpus->shape_of);
    names_clear(&corpus->terms);
    names_clear(&corpus->forms);
    names_clear(&corpus->labels);
    voc_buffer_clear(&corpus->key);
    voc_glossary_free(corpus->glossary);
    g_free(corpus->columns);
    g_free(corpus->columns_start);
    g_free(corpus);
}

/* Mixed once more: nearness of texts must not show in the order. */
static guint64
hash_text(VocSlice text)
{
    guint64 hash = voc_slice_hash64(text);
    hash = (hash ^ (hash >> 32)) * G_GUINT64_CONSTANT(0xd6e8feb86659fd93);
    hash = (hash ^ (hash >> 32)) * G_GUINT64_CONSTANT(0xd6e8feb86659fd93);
    return hash ^ (hash >> 32);
}

static void
swap(VocCorpus *corpus, guint i, guint j)
{
    gpointer kept = corpus->documents->pdata[i];
    corpus->documents->pdata[i] = corpus->documents->pdata[j];
    corpus->documents->pdata[j] = kept;
}

static void
rise(VocCorpus *corpus, guint i)
{
    for (; i > 0 && document_at(corpus, (i - 1) / 2)->hash < document_at(corpus, i)->hash; i = (i - 1) / 2)
        swap(corpus, i, (i - 1) / 2);
}

static void
sink(VocCorpus *corpus, guint i)
{
    for (;;) {
        guint greatest = i, left = 2 * i + 1, right = left + 1, n = corpus->documents->len;
        if (left < n && document_at(corpus, left)->hash > document_at(corpus, greatest)->hash)
            greatest = left;
        if (right < n && document_at(corpus, right)->hash > document_at(corpus, greatest)->hash)
            greatest = right;
        if (greatest == i)
            return;
        swap(corpus, i, greatest);
        i = greatest;
    }
}

static gboolean
is_term(const VocToken *token)
{
    return !(token->raw.flags & VOC_TOKEN_STOP) && token->base.len > 1;
}

static const void *
annotate(void *data, const VocToken *token, VocLang lang, VocArena *arena)
{
    (void)data;
    (void)lang;
    if (token->raw.kind != VOC_TOKEN_WORD && token->raw.kind != VOC_TOKEN_HASHTAG)
        return NULL;
    Note *note = voc_arena_new(arena, Note);
    note->is_term = is_term(token);
    return note;
}

VocCorpusReader *
voc_corpus_reader_new(VocCorpus *corpus, VocWords *words)
{
    VocCorpusReader *reader = g_new0(VocCorpusReader, 1);
    reader->corpus = corpus;
    reader->words = words;
    reader->annotator = voc_words_add_annotator(words, annotate, reader);
    return reader;
}

void
voc_corpus_reader_free(VocCorpusReader *reader)
{
    g_free(reader);
}

/* The note is the thread's own, and the corpus is this thread's for now: it may be filled in. */
static const Note *
numbered(VocCorpus *corpus, const void *data, const VocToken *token)
{
    Note *note = (Note *)data;
    if (note && !note->numbered) {
        note->term = note->is_term ? names_add(&corpus->terms, token->base, &corpus->key) : VOC_NO_TERM;
        note->form = names_add(&corpus->forms, token->norm, &corpus->key);
        note->numbered = TRUE;
    }
    return note;
}

/* Words in brackets are not the customer's: [name redacted]. Takes them out again where one closes. */
static void
note_bracket(VocCorpus *corpus, VocSlice mark, guint *open)
{
    guint n = corpus->term_of->len;
    if (memchr(mark.data, '[', mark.len)) {
        *open = n;
    } else if (memchr(mark.data, ']', mark.len)) {
        for (guint i = MAX(*open, n > MOST_BRACKETED ? n - MOST_BRACKETED : 0); i < n; i++)
            g_array_index(corpus->term_of, guint32, i) = g_array_index(corpus->form_of, guint32, i) =
                VOC_NO_TERM;
        *open = G_MAXUINT;
    }
}

/* What stood before a token. */
typedef struct Before {
    gboolean start, number;
} Before;

static guint8
shape_of(const VocToken *token, Before before)
{
    guint8 shape = token->raw.flags & VOC_TOKEN_CAPS       ? VOC_SHAPE_CAPS
                   : !(token->raw.flags & VOC_TOKEN_TITLE) ? VOC_SHAPE_SMALL
                   : before.start                          ? VOC_SHAPE_START
                                                           : VOC_SHAPE_TITLE;
    return shape | (before.number ? VOC_SHAPE_UNIT : 0);
}

static void
read_terms(VocCorpusReader *reader, const VocText *text)
{
    VocCorpus *corpus = reader->corpus;
    guint open = G_MAXUINT;
    Before before = {TRUE, FALSE};
    g_array_set_size(corpus->term_of, 0);
    g_array_set_size(corpus->form_of, 0);
    g_array_set_size(corpus->shape_of, 0);
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = voc_words_list(reader->words, text->chunks[i], voc_text_lang(text, i));
        before.start = before.start || text->starts[i] & VOC_CHUNK_NEWLINE;
        for (guint k = 0; k < list->n && corpus->term_of->len < MOST_TERMS; k++) {
            const VocToken *token = &list->tokens[k];
            const Note *note = numbered(corpus, voc_word_note(list, reader->annotator, k), token);
            guint32 term = note ? note->term : VOC_NO_TERM, form = note ? note->form : VOC_NO_TERM;
            guint8 shape = shape_of(token, before);
            if (token->raw.kind == VOC_TOKEN_PUNCT)
                note_bracket(corpus, token->norm, &open);
            before = (Before){token->raw.kind == VOC_TOKEN_PUNCT, token->raw.kind == VOC_TOKEN_NUMBER};
            g_array_append_val(corpus->term_of, term);
            g_array_append_val(corpus->form_of, form);
            g_array_append_val(corpus->shape_of, shape);
        }
    }
}

/* The start of a text, for quotes, cut between characters. */
static char *
quotable(VocSlice text)
{
    gsize len = MIN(text.len, MOST_TEXT);
    while (len > 0 && len < text.len && ((guchar)text.data[len] & 0xc0) == 0x80)
        len--;
    return len ? g_strndup(text.data, len) : g_strdup("");
}

static VocDocument *
keep(VocCorpusReader *reader, guint64 hash, const VocText *text)
{
    VocCorpus *corpus = reader->corpus;
    VocDocument *document = g_new0(VocDocument, 1);
    read_terms(reader, text);
    document->hash = hash;
    document->n = corpus->term_of->len;
    document->terms = g_memdup2(corpus->term_of->data, sizeof(guint32) * document->n);
    document->forms = g_memdup2(corpus->form_of->data, sizeof(guint32) * document->n);
    document->shapes = g_memdup2(corpus->shape_of->data, document->n);
    document->text = quotable(text->text);
    document->lang = text->lang;
    g_hash_table_insert(corpus->by_hash, &document->hash, document);
    if (corpus->documents->len < corpus->most) {
        g_ptr_array_add(corpus->documents, document);
        rise(corpus, corpus->documents->len - 1);
        return document;
    }
    VocDocument *out = document_at(corpus, 0);
    g_hash_table_remove(corpus->by_hash, &out->hash);
    document_free(out);
    corpus->documents->pdata[0] = document;
    sink(corpus, 0);
    return document;
}

static void
add_label(VocDocument *document, guint32 label)
{
    guint32 at = 0;
    while (at < document->n_labels && document->labels[at] < label)
        at++;
    if (at < document->n_labels && document->labels[at] == label)
        return;
    document->labels = g_renew(guint32, document->labels, document->n_labels + 1);
    memmove(document->labels + at + 1, document->labels + at, sizeof(guint32) * (document->n_labels - at));
    document->labels[at] = label;
    document->n_labels++;
}

void
voc_corpus_add(VocCorpusReader *reader, const VocText *text, const guint32 *labels, guint32 n_labels)
{
    VocCorpus *corpus = reader->corpus;
    guint64 hash = hash_text(text->text);
    corpus->seen++;
    VocDocument *document = g_hash_table_lookup(corpus->by_hash, &hash);
    if (!document && (corpus->documents->len < corpus->most || hash < document_at(corpus, 0)->hash))
        document = keep(reader, hash, text);
    if (!document)
        return;
    document->copies++;
    for (guint32 i = 0; i < n_labels; i++)
        add_label(document, labels[i]);
}

static int
by_hash(const void *a, const void *b)
{
    const VocDocument *x = *(const VocDocument *const *)a, *y = *(const VocDocument *const *)b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* New numbers for names, in the order in which the documents have them: that of their texts alone. */
typedef struct Renumbering {
    guint32 n;
    guint32 *number; /* old: new; VOC_NO_TERM until met */
} Renumbering;

static void
renumber(Renumbering *r, guint32 *number)
{
    if (r->number[*number] == VOC_NO_TERM)
        r->number[*number] = r->n++;
    *number = r->number[*number];
}

static void
renumbering_init(Renumbering *r, const VocNames *names)
{
    r->n = 0;
    r->number = g_new(guint32, names->name->len + 1);
    memset(r->number, 0xff, sizeof(guint32) * names->name->len);
}

/* Puts the names in their new places; those that only documents no longer kept had go. */
static void
renumbering_finish(Renumbering *r, VocNames *names)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_set_size(kept, (int)r->n);
    for (guint i = 0; i < names->name->len; i++)
        if (r->number[i] != VOC_NO_TERM)
            kept->pdata[r->number[i]] = g_steal_pointer(&names->name->pdata[i]);
    g_hash_table_remove_all(names->number);
    g_ptr_array_unref(names->name);
    names->name = kept;
    for (guint32 i = 0; i < kept->len; i++)
        g_hash_table_insert(names->number, kept->pdata[i], GUINT_TO_POINTER(i));
    g_free(r->number);
}

static int
by_name(const void *a, const void *b, void *data)
{
    const GPtrArray *name = data;
    return strcmp(name->pdata[*(const guint32 *)a], name->pdata[*(const guint32 *)b]);
}

static int
by_number(const void *a, const void *b)
{
    guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return (x > y) - (x < y);
}

/* Labels by the alphabet. */
static void
sort_labels(VocCorpus *corpus)
{
    guint n = corpus->labels.name->len;
    g_autofree guint32 *order = g_new(guint32, n + 1);
    g_autofree guint32 *number = g_new(guint32, n + 1);
    GPtrArray *sorted = g_ptr_array_new_with_free_func(g_free);
    for (guint32 i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof(guint32), by_name, corpus->labels.name);
    for (guint32 i = 0; i < n; i++) {
        number[order[i]] = i;
        g_ptr_array_add(sorted, g_steal_pointer(&corpus->labels.name->pdata[order[i]]));
    }
    g_hash_table_remove_all(corpus->labels.number);
    g_ptr_array_unref(corpus->labels.name);
    corpus->labels.name = sorted;
    for (guint d = 0; d < corpus->documents->len; d++) {
        VocDocument *document = document_at(corpus, d);
        for (guint32 i = 0; i < document->n_labels; i++)
            document->labels[i] = number[document->labels[i]];
        if (document->n_labels)
            qsort(document->labels, document->n_labels, sizeof(guint32), by_number);
    }
}

void
voc_corpus_take_glossary(VocCorpus *corpus, VocGlossary *glossary)
{
    voc_glossary_free(corpus->glossary);
    corpus->glossary = glossary;
}

guint32
voc_corpus_label(VocCorpus *corpus, VocSlice name)
{
    return names_add(&corpus->labels, name, &corpus->key);
}

guint
voc_corpus_n_labels(const VocCorpus *corpus)
{
    return corpus->labels.name->len;
}

const char *
voc_corpus_label_name(const VocCorpus *corpus, guint32 label)
{
    return g_ptr_array_index(corpus->labels.name, label);
}

void
voc_corpus_finish(VocCorpus *corpus)
{
    Renumbering terms, forms;
    sort_labels(corpus);
    g_ptr_array_sort(corpus->documents, by_hash);
    renumbering_init(&terms, &corpus->terms);
    renumbering_init(&forms, &corpus->forms);
    for (guint d = 0; d < corpus->documents->len; d++) {
        VocDocument *document = document_at(corpus, d);
        for (guint32 i = 0; i < document->n; i++)
            if (document->terms[i] != VOC_NO_TERM)
                renumber(&terms, &document->terms[i]);
        for (guint32 i = 0; i < document->n; i++)
            if (document->forms[i] != VOC_NO_TERM)
                renumber(&forms, &document->forms[i]);
    }
    renumbering_finish(&terms, &corpus->terms);
    renumbering_finish(&forms, &corpus->forms);
    voc_corpus_find_columns(corpus);
}

guint64
voc_corpus_seen(const VocCorpus *corpus)
{
    return corpus->seen;
}

guint
voc_corpus_n_documents(const VocCorpus *corpus)
{
    return corpus->documents->len;
}

const VocDocument *
voc_corpus_document(const VocCorpus *corpus, guint i)
{
    return document_at(corpus, i);
}

guint
voc_corpus_n_terms(const VocCorpus *corpus)
{
    return corpus->terms.name->len;
}

const char *
voc_corpus_term(const VocCorpus *corpus, guint32 term)
{
    return g_ptr_array_index(corpus->terms.name, term);
}

guint
voc_corpus_n_forms(const VocCorpus *corpus)
{
    return corpus->forms.name->len;
}

const char *
voc_corpus_form(const VocCorpus *corpus, guint32 form)
{
    return g_ptr_array_index(corpus->forms.name, form);
}
