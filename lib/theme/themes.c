#include "theme/themes.h"

#include <string.h>

void
voc_theme_problem_free(VocThemeProblem *problem)
{
    if (!problem)
        return;
    g_free(problem->message);
    g_free(problem);
}

static void
line_free(void *data)
{
    VocThemeLine *line = data;
    g_free(line->raw);
    g_free(line->key);
    g_free(line->value);
    g_free(line);
}

static void
rule_clear(void *data)
{
    g_free(((VocThemeRule *)data)->text);
}

static void
theme_free(void *data)
{
    VocTheme *theme = data;
    g_free(theme->id);
    g_ptr_array_unref(theme->lines);
    g_array_unref(theme->rules);
    g_free(theme);
}

static VocThemeLine *
line_new(VocSlice raw, guint number)
{
    VocThemeLine *line = g_new0(VocThemeLine, 1);
    line->raw = voc_slice_dup(raw);
    line->number = number;
    VocSlice text = voc_slice_strip(raw);
    const char *equals = text.len && text.data[0] != '#' ? memchr(text.data, '=', text.len) : NULL;
    if (!equals)
        return line;
    line->key = voc_slice_dup(voc_slice_strip(voc_slice_of(text.data, (gsize)(equals - text.data))));
    line->value =
        voc_slice_dup(voc_slice_strip(voc_slice_of(equals + 1, (gsize)(text.data + text.len - equals - 1))));
    return line;
}

static VocThemes *
themes_empty(const char *path)
{
    VocThemes *themes = g_new0(VocThemes, 1);
    themes->path = g_strdup(path);
    themes->head = g_ptr_array_new_with_free_func(line_free);
    themes->themes = g_ptr_array_new_with_free_func(theme_free);
    return themes;
}

VocThemes *
voc_themes_new(void)
{
    VocThemes *themes = themes_empty("");
    g_ptr_array_add(themes->head, line_new(VOC_SLICE("voc-themes 1"), 0));
    return themes;
}

void
voc_themes_free(VocThemes *themes)
{
    if (!themes)
        return;
    g_free(themes->path);
    g_ptr_array_unref(themes->head);
    g_ptr_array_unref(themes->themes);
    g_free(themes);
}

/* ---- what the lines say ---- */

typedef struct Reader {
    GPtrArray *problems; /* may be NULL */
} Reader;

G_GNUC_PRINTF(4, 5)
static void
complain(const Reader *reader, guint line, gboolean fatal, const char *format, ...)
{
    if (!reader->problems)
        return;
    va_list args;
    va_start(args, format);
    VocThemeProblem *problem = g_new0(VocThemeProblem, 1);
    problem->line = line;
    problem->fatal = fatal;
    problem->message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(reader->problems, problem);
}

gboolean
voc_theme_is_id(const char *id)
{
    for (const char *at = id; *at; at++)
        if (!g_ascii_islower(*at) && !g_ascii_isdigit(*at) && !(at > id && strchr(".-_", *at)))
            return FALSE;
    return *id != '\0' && strlen(id) <= 120;
}

static gboolean
is_lang(const char *word)
{
    return strcmp(word, "fi") == 0 || strcmp(word, "en") == 0 || strcmp(word, "sv") == 0 ||
           strcmp(word, "*") == 0;
}

static VocLang
read_lang(const char *word)
{
    return voc_lang_from_name(voc_slice_from_string(*word == '*' ? "und" : word));
}

/* "lasku 1.5 fi", "lasku 1.5", "lasku": words, then perhaps a weight, then perhaps a language. */
static void
read_rule(VocTheme *theme, VocThemeRuleKind kind, const VocThemeLine *line, const Reader *reader)
{
    g_auto(GStrv) words = g_strsplit_set(line->value, " \t", -1);
    guint n = 0;
    for (guint i = 0; words[i]; i++) {
        if (*words[i])
            words[n++] = words[i];
        else
            g_free(words[i]);
    }
    words[n] = NULL;
    VocThemeRule rule = {kind, NULL, 1, VOC_LANG_UND, line->number};
    guint keep = n;
    if (keep > 1 && is_lang(words[keep - 1]))
        rule.lang = read_lang(words[--keep]);
    char *end = NULL;
    double weight = keep > 1 ? g_ascii_strtod(words[keep - 1], &end) : 0;
    if (end && *end == '\0' && end != words[keep - 1]) {
        keep--;
        rule.weight = weight;
        if (!(weight >= -100 && weight <= 100) || weight == 0)
            complain(reader, line->number, TRUE, "the weight %s is not between -100 and 100, or is 0",
                     words[keep]);
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < keep; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", words[i]);
    gboolean starred = g_str_has_suffix(text->str, "*");
    if (kind == VOC_RULE_PREFIX && starred)
        g_string_truncate(text, text->len - 1);
    if (kind == VOC_RULE_PREFIX && (!starred || !text->len || strpbrk(text->str, " *")))
        complain(reader, line->number, TRUE, "a prefix is one word that ends in *");
    else if (!text->len)
        complain(reader, line->number, TRUE, "%s of what?", line->key);
    else if (kind == VOC_RULE_TERM && strchr(text->str, ' '))
        complain(reader, line->number, TRUE, "a term is one word; \"%s\" would be a phrase", text->str);
    rule.text = g_string_free(g_steal_pointer(&text), FALSE);
    g_array_append_val(theme->rules, rule);
}

/* "fi lasku 0.5 maksu 0.25": a language, then words and their weights. */
static void
read_words(VocTheme *theme, const VocThemeLine *line, const Reader *reader)
{
    g_auto(GStrv) words = g_strsplit(line->value, " ", -1);
    guint n = g_strv_length(words);
    gboolean good = n > 2 && n % 2 == 1 && is_lang(words[0]);
    for (guint i = 1; good && i + 1 < n; i += 2) {
        char *end = NULL;
        double weight = g_ascii_strtod(words[i + 1], &end);
        good = *words[i] && end != words[i + 1] && *end == '\0' && weight != 0 && weight >= -100 &&
               weight <= 100;
        if (!good)
            break;
        VocThemeRule rule = {VOC_RULE_TERM, g_strdup(words[i]), weight, read_lang(words[0]), line->number};
        g_array_append_val(theme->rules, rule);
    }
    if (!good)
        complain(reader, line->number, TRUE, "words wants a language, then words each with its weight");
}

static void
read_state(VocTheme *theme, const VocThemeLine *line, const Reader *reader)
{
    static const char *const NAMES[] = {"", "pinned", "hidden", "new"};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strcmp(line->value, NAMES[i]) == 0) {
            theme->state = (VocThemeState)i;
            return;
        }
    if (g_str_has_prefix(line->value, "merged ")) {
        theme->state = VOC_THEME_MERGED;
        theme->merged_into = line->value + strlen("merged ");
        while (*theme->merged_into == ' ')
            theme->merged_into++;
        return;
    }
    complain(reader, line->number, TRUE, "the state \"%s\" is none of pinned, hidden, new, merged ID",
             line->value);
}

static void
read_bias(VocTheme *theme, const VocThemeLine *line, const Reader *reader)
{
    char *end = NULL;
    theme->bias = g_ascii_strtod(line->value, &end);
    if (!*line->value || *end || !(theme->bias >= -100 && theme->bias <= 100))
        complain(reader, line->number, TRUE, "the bias \"%s\" is no number between -100 and 100",
                 line->value);
}

static gboolean
read_name(VocTheme *theme, const VocThemeLine *line)
{
    if (!g_str_has_prefix(line->key, "name."))
        return FALSE;
    VocLang lang = voc_lang_from_name(voc_slice_from_string(line->key + strlen("name.")));
    theme->names[lang] = line->value;
    return lang != VOC_LANG_UND;
}

static void
read_line(VocTheme *theme, const VocThemeLine *line, const Reader *reader)
{
    static const char *const RULES[] = {"term", "prefix", "phrase", "exclude"};
    const char *key = line->key;
    for (guint i = 0; i < G_N_ELEMENTS(RULES); i++)
        if (strcmp(key, RULES[i]) == 0) {
            read_rule(theme, (VocThemeRuleKind)i, line, reader);
            return;
        }
    if (strcmp(key, "words") == 0)
        read_words(theme, line, reader);
    else if (strcmp(key, "parent") == 0)
        theme->parent = line->value;
    else if (strcmp(key, "owner") == 0)
        theme->owner = line->value;
    else if (strcmp(key, "state") == 0)
        read_state(theme, line, reader);
    else if (strcmp(key, "bias") == 0)
        read_bias(theme, line, reader);
    else if (!read_name(theme, line) && strcmp(key, "quote") != 0 && strcmp(key, "evidence") != 0)
        complain(reader, line->number, FALSE, "the key \"%s\" is kept but means nothing here", key);
}

static void
theme_reread(VocTheme *theme, const Reader *reader)
{
    theme->parent = theme->owner = theme->merged_into = NULL;
    theme->state = VOC_THEME_PLAIN;
    theme->bias = 0;
    memset(theme->names, 0, sizeof theme->names);
    g_array_set_size(theme->rules, 0);
    for (guint i = 0; i < theme->lines->len; i++) {
        const VocThemeLine *line = g_ptr_array_index(theme->lines, i);
        if (line->key)
            read_line(theme, line, reader);
    }
}

static VocTheme *
theme_new(VocThemes *themes, const char *id, guint line)
{
    VocTheme *theme = g_new0(VocTheme, 1);
    theme->id = g_strdup(id);
    theme->line = line;
    theme->lines = g_ptr_array_new_with_free_func(line_free);
    theme->rules = g_array_new(FALSE, FALSE, sizeof(VocThemeRule));
    g_array_set_clear_func(theme->rules, rule_clear);
    g_ptr_array_add(themes->themes, theme);
    return theme;
}

/* ---- reading ---- */

/* The version must stand before the first theme; what else is there is comments. */
static void
check_head(const VocThemes *themes, const Reader *reader)
{
    gboolean found = FALSE;
    for (guint i = 0; i < themes->head->len; i++) {
        const VocThemeLine *line = g_ptr_array_index(themes->head, i);
        VocSlice text = voc_slice_strip(voc_slice_from_string(line->raw));
        if (!text.len || text.data[0] == '#')
            continue;
        gboolean version = voc_slice_starts_with(text, VOC_SLICE("voc-themes "));
        found = found || version;
        if (version && !voc_slice_equal_string(text, "voc-themes 1"))
            complain(reader, line->number, TRUE, "version%.*s of the format is not known here",
                     (int)text.len - 10, text.data + 10);
        else if (!version)
            complain(reader, line->number, TRUE, "\"%.*s\" stands before the first theme",
                     (int)MIN(text.len, 60), text.data);
    }
    if (!found)
        complain(reader, 1, TRUE, "no line \"voc-themes 1\" at the beginning");
}

/* Parents and merged themes must exist and not go round. */
static void
check_links(const VocThemes *themes, const Reader *reader)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        const char *links[] = {theme->parent, theme->merged_into};
        for (guint k = 0; k < G_N_ELEMENTS(links); k++) {
            const VocTheme *at = theme;
            guint steps = 0;
            if (links[k] && !voc_themes_find(themes, links[k]))
                complain(reader, theme->line, TRUE, "[%s] %s \"%s\", which is no theme here", theme->id,
                         k ? "is merged into" : "has the parent", links[k]);
            while (at && steps <= themes->themes->len) {
                const char *up = k ? at->merged_into : at->parent;
                at = up ? voc_themes_find(themes, up) : NULL;
                steps++;
            }
            if (at)
                complain(reader, theme->line, TRUE, "[%s] is %s itself", theme->id,
                         k ? "merged into" : "above");
        }
    }
}

static void
read_header(VocThemes *themes, VocSlice text, guint number, const Reader *reader)
{
    gboolean closed = text.data[text.len - 1] == ']';
    g_autofree char *id =
        voc_slice_dup(voc_slice_strip(voc_slice_of(text.data + 1, text.len - (closed ? 2 : 1))));
    if (!closed)
        complain(reader, number, TRUE, "the ] is missing behind [%s", id);
    else if (!voc_theme_is_id(id))
        complain(reader, number, TRUE, "\"%s\" is no id: small letters a-z, digits, and . - _ inside", id);
    else if (voc_themes_find(themes, id))
        complain(reader, number, TRUE, "there is a theme [%s] already, at line %u", id,
                 voc_themes_find(themes, id)->line);
    theme_new(themes, id, number);
}

static int
by_line(const void *a, const void *b)
{
    const VocThemeProblem *x = *(const VocThemeProblem *const *)a, *y = *(const VocThemeProblem *const *)b;
    return (x->line > y->line) - (x->line < y->line);
}

VocThemes *
voc_themes_parse(VocSlice text, const char *path, GPtrArray *problems)
{
    VocThemes *themes = themes_empty(path);
    Reader reader = {problems};
    VocTheme *theme = NULL;
    guint number = 0;
    if (voc_slice_starts_with(text, VOC_SLICE("\357\273\277")))
        text = voc_slice_of(text.data + 3, text.len - 3);
    while (text.len) {
        const char *end = memchr(text.data, '\n', text.len);
        gsize len = end ? (gsize)(end - text.data) : text.len;
        VocSlice raw = voc_slice_of(text.data, len && text.data[len - 1] == '\r' ? len - 1 : len);
        VocSlice inner = voc_slice_strip(raw);
        text = voc_slice_of(text.data + len + (end != NULL), text.len - len - (end != NULL));
        number++;
        if (inner.len && inner.data[0] == '[') {
            read_header(themes, inner, number, &reader);
            theme = g_ptr_array_index(themes->themes, themes->themes->len - 1);
            continue;
        }
        VocThemeLine *line = line_new(raw, number);
        g_ptr_array_add(theme ? theme->lines : themes->head, line);
        if (theme && !line->key && inner.len && inner.data[0] != '#')
            complain(&reader, number, TRUE, "neither KEY = VALUE nor [ID] nor a # comment");
    }
    check_head(themes, &reader);
    for (guint i = 0; i < themes->themes->len; i++)
        theme_reread(g_ptr_array_index(themes->themes, i), &reader);
    check_links(themes, &reader);
    if (problems)
        g_ptr_array_sort(problems, by_line);
    return themes;
}

static void
problem_free(void *data)
{
    voc_theme_problem_free(data);
}

VocThemes *
voc_themes_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize len = 0;
    g_autoptr(GError) problem = NULL;
    if (!g_file_get_contents(path, &text, &len, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", problem->message);
        return NULL;
    }
    if (!g_utf8_validate_len(text, len, NULL)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: is not UTF-8 text", path);
        return NULL;
    }
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(problem_free);
    g_autoptr(VocThemes) themes = voc_themes_parse(voc_slice_of(text, len), path, problems);
    for (guint i = 0; i < problems->len; i++) {
        const VocThemeProblem *found = g_ptr_array_index(problems, i);
        if (!found->fatal)
            continue;
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s:%u: %s", path, found->line, found->message);
        return NULL;
    }
    return g_steal_pointer(&themes);
}

/* ---- writing and changing ---- */

static void
write_lines(const GPtrArray *lines, VocBuffer *out)
{
    for (guint i = 0; i < lines->len; i++) {
        voc_buffer_add_string(out, ((const VocThemeLine *)g_ptr_array_index(lines, i))->raw);
        voc_buffer_add_char(out, '\n');
    }
}

void
voc_themes_write(const VocThemes *themes, VocBuffer *out)
{
    write_lines(themes->head, out);
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        voc_buffer_add_printf(out, "[%s]\n", theme->id);
        write_lines(theme->lines, out);
    }
}

VocTheme *
voc_themes_find(const VocThemes *themes, const char *id)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        VocTheme *theme = g_ptr_array_index(themes->themes, i);
        if (strcmp(theme->id, id) == 0)
            return theme;
    }
    return NULL;
}

/* An empty line before the header of what follows. */
static void
end_with_empty_line(GPtrArray *lines)
{
    const VocThemeLine *last = lines->len ? g_ptr_array_index(lines, lines->len - 1) : NULL;
    if (!last || *last->raw)
        g_ptr_array_add(lines, line_new(VOC_SLICE_NONE, 0));
}

VocTheme *
voc_themes_add(VocThemes *themes, const char *id)
{
    guint n = themes->themes->len;
    end_with_empty_line(n ? ((VocTheme *)g_ptr_array_index(themes->themes, n - 1))->lines : themes->head);
    return theme_new(themes, id, 0);
}

char *
voc_themes_make_id(const VocThemes *themes, const char *name)
{
    g_autofree char *ascii = g_str_to_ascii(name, "C");
    g_autoptr(GString) id = g_string_new(NULL);
    for (const char *at = ascii; *at && id->len < 60; at++) {
        char c = g_ascii_tolower(*at);
        if (g_ascii_isalnum(c))
            g_string_append_c(id, c);
        else if (id->len && id->str[id->len - 1] != '-')
            g_string_append_c(id, '-');
    }
    while (id->len && id->str[id->len - 1] == '-')
        g_string_truncate(id, id->len - 1);
    if (!id->len)
        g_string_assign(id, "theme");
    gsize stem = id->len;
    for (guint i = 2; voc_themes_find(themes, id->str); i++) {
        g_string_truncate(id, stem);
        g_string_append_printf(id, "-%u", i);
    }
    return g_string_free(g_steal_pointer(&id), FALSE);
}

const char *
voc_theme_get(const VocTheme *theme, const char *key)
{
    for (guint i = 0; i < theme->lines->len; i++) {
        const VocThemeLine *line = g_ptr_array_index(theme->lines, i);
        if (line->key && strcmp(line->key, key) == 0)
            return line->value;
    }
    return NULL;
}

/* A line of ours; a value is one line whatever it holds. */
static VocThemeLine *
line_of(const char *key, const char *value)
{
    g_autofree char *raw = g_strdup_printf("%s = %s", key, value);
    for (char *at = raw; *at; at++)
        if ((guchar)*at < 0x20 || *at == 0x7f)
            *at = ' ';
    return line_new(voc_slice_from_string(raw), 0);
}

static void
insert_behind_last(VocTheme *theme, VocThemeLine *line)
{
    guint at = theme->lines->len;
    while (at > 0 && !((VocThemeLine *)g_ptr_array_index(theme->lines, at - 1))->key)
        at--;
    g_ptr_array_insert(theme->lines, (int)at, line);
}

void
voc_theme_set(VocTheme *theme, const char *key, const char *value)
{
    Reader silent = {NULL};
    gboolean done = FALSE;
    for (guint i = 0; i < theme->lines->len && !done; i++) {
        const VocThemeLine *line = g_ptr_array_index(theme->lines, i);
        if (!line->key || strcmp(line->key, key) != 0)
            continue;
        g_ptr_array_remove_index(theme->lines, i);
        if (value)
            g_ptr_array_insert(theme->lines, (int)i, line_of(key, value));
        done = TRUE;
    }
    if (!done && value)
        insert_behind_last(theme, line_of(key, value));
    theme_reread(theme, &silent);
}

void
voc_theme_add(VocTheme *theme, const char *key, const char *value)
{
    Reader silent = {NULL};
    insert_behind_last(theme, line_of(key, value));
    theme_reread(theme, &silent);
}

void
voc_theme_remove(VocTheme *theme, const char *key)
{
    Reader silent = {NULL};
    for (guint i = theme->lines->len; i-- > 0;) {
        const VocThemeLine *line = g_ptr_array_index(theme->lines, i);
        if (line->key && strcmp(line->key, key) == 0)
            g_ptr_array_remove_index(theme->lines, i);
    }
    theme_reread(theme, &silent);
}

void
voc_theme_add_rule(VocTheme *theme, VocThemeRuleKind kind, const char *text, double weight, VocLang lang)
{
    static const char *const KEYS[] = {"term", "prefix", "phrase", "exclude"};
    VocBuffer value = VOC_BUFFER_INIT;
    voc_buffer_add_string(&value, text);
    if (kind == VOC_RULE_PREFIX)
        voc_buffer_add_char(&value, '*');
    if (kind != VOC_RULE_EXCLUDE) {
        voc_buffer_add_char(&value, ' ');
        voc_buffer_add_number(&value, weight, 2);
    }
    voc_buffer_add_char(&value, ' ');
    voc_buffer_add_string(&value, lang == VOC_LANG_UND ? "*" : voc_lang_name(lang));
    voc_theme_add(theme, KEYS[kind], voc_buffer_string(&value));
    voc_buffer_clear(&value);
}

const char *
voc_theme_name(const VocTheme *theme, VocLang lang)
{
    static const VocLang ORDER[] = {VOC_LANG_FI, VOC_LANG_EN, VOC_LANG_SV};
    if (theme->names[lang])
        return theme->names[lang];
    for (guint i = 0; i < G_N_ELEMENTS(ORDER); i++)
        if (theme->names[ORDER[i]])
            return theme->names[ORDER[i]];
    return theme->id;
}
