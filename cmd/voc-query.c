/* voc query: questions to the store. */
#include "filter.h"
#include "rows.h"
#include "stage/context.h"
#include "store/store.h"

typedef struct Settings {
    char *match, *format, *run;
    int limit;
    double seconds;
    gboolean list;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->limit = -1;
    settings->seconds = 30;
    voc_option(entries, "match", 'm', G_OPTION_ARG_STRING, &settings->match,
               N_("Messages with all these words, in any of their forms; \"...\" for a phrase, word* for a "
                  "beginning"),
               N_("WORDS"));
    voc_option(entries, "format", 'f', G_OPTION_ARG_STRING, &settings->format,
               N_("records, tsv, csv or table (default: table on a terminal, else tsv; of --match records)"),
               N_("FORMAT"));
    voc_option(entries, "list", 'l', G_OPTION_ARG_NONE, &settings->list, N_("List the stored questions"),
               NULL);
    voc_option(entries, "run", 'r', G_OPTION_ARG_STRING, &settings->run, N_("Ask the stored question NAME"),
               N_("NAME"));
    voc_option(entries, "limit", 'n', G_OPTION_ARG_INT, &settings->limit,
               N_("At most so many rows, 0 for all (default: all; of --match 1000)"), N_("N"));
    voc_option(entries, "time-limit", 0, G_OPTION_ARG_DOUBLE, &settings->seconds,
               N_("Give up after so many seconds, 0 for never (30)"), N_("SECONDS"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->match);
    g_free(settings->format);
    g_free(settings->run);
}

/* A stored question: "-- name: what it tells", then its SQL. */
typedef struct Stored {
    char *name, *tells, *sql;
} Stored;

static void
stored_free(gpointer data)
{
    Stored *stored = data;
    g_free(stored->name);
    g_free(stored->tells);
    g_free(stored->sql);
    g_free(stored);
}

static GPtrArray *
load_stored(const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "data", "queries.sql", NULL);
    g_autofree char *text = NULL;
    g_autoptr(GError) problem = NULL;
    if (!g_file_get_contents(path, &text, NULL, &problem)) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_FATAL, problem->message);
        return NULL;
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(stored_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    Stored *last = NULL;
    for (char **line = lines; *line; line++) {
        const char *colon = g_str_has_prefix(*line, "-- ") ? strstr(*line, ": ") : NULL;
        if (colon) {
            last = g_new0(Stored, 1);
            last->name = g_strndup(*line + 3, (gsize)(colon - *line - 3));
            last->tells = g_strdup(colon + 2);
            last->sql = g_strdup("");
            g_ptr_array_add(list, last);
        } else if (last && **line) {
            char *longer = g_strconcat(last->sql, *line, "\n", NULL);
            g_free(last->sql);
            last->sql = longer;
        }
    }
    return list;
}

static gboolean
write_list(VocProgram *program, GError **error)
{
    g_autoptr(GPtrArray) list = load_stored(voc_context_data_dir(program->context), error);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    if (!list)
        return FALSE;
    for (guint i = 0; i < list->len; i++) {
        const Stored *stored = g_ptr_array_index(list, i);
        voc_buffer_add_printf(&out, "%-18s %s\n", stored->name, stored->tells);
    }
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static char *
stored_sql(VocProgram *program, const char *name, GError **error)
{
    g_autoptr(GPtrArray) list = load_stored(voc_context_data_dir(program->context), error);
    for (guint i = 0; list && i < list->len; i++) {
        Stored *stored = g_ptr_array_index(list, i);
        if (strcmp(stored->name, name) == 0)
            return g_steal_pointer(&stored->sql);
    }
    if (list)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no stored question '%s': see --list"), name);
    return NULL;
}

/* Adds a full-text string, quoted. */
static void
add_string(VocBuffer *expression, const char *column, VocSlice text, gboolean prefix)
{
    voc_buffer_add_printf(expression, "%s : \"", column);
    for (gsize i = 0; i < text.len; i++) {
        voc_buffer_add_char(expression, text.data[i]);
        if (text.data[i] == '"')
            voc_buffer_add_char(expression, '"');
    }
    voc_buffer_add_string(expression, prefix ? "\" *" : "\"");
}

static gboolean
has_word(VocSlice text)
{
    const char *end = text.data + text.len;
    for (const char *at = text.data; at < end; at = g_utf8_next_char(at))
        if (g_unichar_isalnum(g_utf8_get_char(at)))
            return TRUE;
    return FALSE;
}

/* A word as it is, or its base form in either language. */
static void
add_word(VocBuffer *expression, VocWords *words, VocSlice word, gboolean phrase, VocArena *arena)
{
    static const VocLang LANGS[] = {VOC_LANG_FI, VOC_LANG_EN};
    gboolean prefix = !phrase && word.len > 1 && word.data[word.len - 1] == '*';
    word.len -= prefix;
    if (!word.len || !has_word(word))
        return;
    if (expression->len)
        voc_buffer_add_literal(expression, " AND ");
    voc_buffer_add_char(expression, '(');
    add_string(expression, "text", word, prefix);
    for (gsize i = 0; !phrase && i < G_N_ELEMENTS(LANGS); i++) {
        VocSlice base = voc_words_base(words, word, LANGS[i], arena);
        if (!base.len || !has_word(base))
            continue;
        voc_buffer_add_literal(expression, " OR ");
        add_string(expression, "terms", base, prefix);
    }
    voc_buffer_add_char(expression, ')');
}

/* The question for FTS5 in what a person wrote. */
static gboolean
make_match(VocProgram *program, const char *wanted, VocBuffer *expression, GError **error)
{
    const VocWordModel *model = voc_context_word_model(program->context, error);
    if (!model)
        return FALSE;
    VocWords *words = voc_words_new(model);
    VocArena arena;
    voc_arena_init(&arena, 0);
    g_autofree char *valid = g_utf8_make_valid(wanted, -1);
    g_auto(GStrv) quoted = g_strsplit(valid, "\"", -1);
    for (guint i = 0; quoted[i]; i++) {
        if (i % 2) {
            add_word(expression, words, voc_slice_from_string(quoted[i]), TRUE, &arena);
            continue;
        }
        g_auto(GStrv) parts = g_strsplit_set(quoted[i], " \t\r\n,;", -1);
        for (char **part = parts; *part; part++) {
            /* Folding may look beyond the word. */
            char *padded = voc_arena_alloc0(&arena, strlen(*part) + VOC_PADDING);
            memcpy(padded, *part, strlen(*part));
            add_word(expression, words, voc_slice_of(padded, strlen(*part)), FALSE, &arena);
        }
    }
    voc_arena_clear(&arena);
    voc_words_free(words);
    if (!expression->len)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("there is no word in '%s'"), wanted);
    return expression->len > 0;
}

/* The newest first, which is the order that the index gives without sorting. */
#define MATCH_ROWS                                                                                           \
    "SELECT m.day, m.channel, m.label, s.text, m.id FROM search s JOIN message m ON m.key = s.rowid"         \
    " WHERE search MATCH ?1 ORDER BY s.rowid DESC"
#define MATCH_RECORDS                                                                                        \
    "SELECT r.json AS record FROM search s JOIN record r ON r.message = s.rowid WHERE search MATCH ?1"       \
    " ORDER BY s.rowid DESC"

static gboolean
ask(VocProgram *program, const Settings *settings, VocStore *store, const char *sql, VocSlice match,
    VocRowsFormat format, GError **error)
{
    gboolean more;
    gint64 limit = settings->limit >= 0 ? settings->limit : match.len ? 1000 : 0;
    voc_sql_guard(voc_store_sql(store), settings->seconds);
    g_autoptr(VocStatement) statement =
        voc_sql_prepare(voc_store_sql(store), voc_slice_from_string(sql), error);
    if (!statement)
        return FALSE;
    if (match.len)
        voc_statement_bind_text(statement, 1, match);
    if (!voc_rows_write(program, statement, format, limit, &more, error))
        return FALSE;
    if (more && settings->limit < 0)
        voc_program_say(program, _("the newest %d; --limit 0 gives all"), (int)limit);
    return TRUE;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    VocRowsFormat format;
    g_auto(VocBuffer) match = VOC_BUFFER_INIT;
    if (settings->list)
        return write_list(program, error);
    guint asked = (settings->match != NULL) + (settings->run != NULL) + (operands[0] && operands[1]);
    if (asked != 1 || !operands[0] || (operands[1] && operands[2])) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE,
                            _("ask one thing: voc query DB SQL, DB --match WORDS, DB --run NAME, or --list"));
        return FALSE;
    }
    if (!voc_rows_format(program, settings->format, &format, error))
        return FALSE;
    if (settings->match && !settings->format && format == VOC_ROWS_TSV)
        format = VOC_ROWS_RECORDS;
    if (settings->match && !make_match(program, settings->match, &match, error))
        return FALSE;
    g_autofree char *stored = settings->run ? stored_sql(program, settings->run, error) : NULL;
    if (settings->run && !stored)
        return FALSE;
    g_autoptr(VocStore) store = voc_store_open_to_read(operands[0], error);
    const char *sql = stored                       ? stored
                      : !settings->match           ? operands[1]
                      : format == VOC_ROWS_RECORDS ? MATCH_RECORDS
                                                   : MATCH_ROWS;
    return store && ask(program, settings, store, sql, voc_buffer_slice(&match), format, error);
}

const VocFilter voc_filter_query = {
    .name = "query",
    .summary = N_("Ask the store in SQL or by words, without being able to change it"),
    .operands = N_("DB [SQL]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
