/* Reads theme files: what their lines say, and what is wrong with it. */
#include <string.h>

#include "io/input.h"
#include "theme/themes-data.h"

/* A larger file is none that people edit. */
#define MOST_BYTES ((gsize)64 * 1024 * 1024)

void
voc_theme_complain(GPtrArray *problems, guint line, gboolean fatal, const char *format, ...)
{
    if (!problems)
        return;
    va_list args;
    va_start(args, format);
    VocThemeProblem *problem = g_new0(VocThemeProblem, 1);
    problem->line = line;
    problem->fatal = fatal;
    problem->message = g_strdup_vprintf(format, args);
    va_end(args);
    g_ptr_array_add(problems, problem);
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
read_rule(VocTheme *theme, VocThemeRuleKind kind, const VocThemeLine *line, GPtrArray *problems)
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
            voc_theme_complain(problems, line->number, TRUE,
                               "the weight %s is not between -100 and 100, or is 0", words[keep]);
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < keep; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", words[i]);
    gboolean starred = g_str_has_suffix(text->str, "*");
    if (kind == VOC_RULE_PREFIX && starred)
        g_string_truncate(text, text->len - 1);
    if (kind == VOC_RULE_PREFIX && (!starred || !text->len || strpbrk(text->str, " *")))
        voc_theme_complain(problems, line->number, TRUE, "a prefix is one word that ends in *");
    else if (!text->len)
        voc_theme_complain(problems, line->number, TRUE, "%s of what?", line->key);
    else if (kind == VOC_RULE_TERM && strchr(text->str, ' '))
        voc_theme_complain(problems, line->number, TRUE, "a term is one word; \"%s\" would be a phrase",
                           text->str);
    rule.text = g_string_free(g_steal_pointer(&text), FALSE);
    g_array_append_val(theme->rules, rule);
}

/* "fi lasku 0.5 maksu 0.25": a language, then words and their weights. */
static void
read_words(VocTheme *theme, const VocThemeLine *line, GPtrArray *problems)
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
        voc_theme_complain(problems, line->number, TRUE,
                           "words wants a language, then words each with its weight");
}

static void
read_state(VocTheme *theme, const VocThemeLine *line, GPtrArray *problems)
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
    voc_theme_complain(problems, line->number, TRUE,
                       "the state \"%s\" is none of pinned, hidden, new, merged ID", line->value);
}

static void
read_bias(VocTheme *theme, const VocThemeLine *line, GPtrArray *problems)
{
    char *end = NULL;
    theme->bias = g_ascii_strtod(line->value, &end);
    if (!*line->value || *end || !(theme->bias >= -100 && theme->bias <= 100))
        voc_theme_complain(problems, line->number, TRUE, "the bias \"%s\" is no number between -100 and 100",
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
read_line(VocTheme *theme, const VocThemeLine *line, GPtrArray *problems)
{
    static const char *const RULES[] = {"term", "prefix", "phrase", "exclude"};
    const char *key = line->key;
    for (guint i = 0; i < G_N_ELEMENTS(RULES); i++)
        if (strcmp(key, RULES[i]) == 0) {
            read_rule(theme, (VocThemeRuleKind)i, line, problems);
            return;
        }
    if (strcmp(key, "words") == 0)
        read_words(theme, line, problems);
    else if (strcmp(key, "parent") == 0)
        theme->parent = line->value;
    else if (strcmp(key, "owner") == 0)
        theme->owner = line->value;
    else if (strcmp(key, "state") == 0)
        read_state(theme, line, problems);
    else if (strcmp(key, "bias") == 0)
        read_bias(theme, line, problems);
    else if (!read_name(theme, line) && strcmp(key, "quote") != 0 && strcmp(key, "evidence") != 0)
        voc_theme_complain(problems, line->number, FALSE, "the key \"%s\" is kept but means nothing here",
                           key);
}

void
voc_theme_reread(VocTheme *theme, GPtrArray *problems)
{
    theme->parent = theme->owner = theme->merged_into = NULL;
    theme->state = VOC_THEME_PLAIN;
    theme->bias = 0;
    memset(theme->names, 0, sizeof theme->names);
    g_array_set_size(theme->rules, 0);
    for (guint i = 0; i < theme->lines->len; i++) {
        const VocThemeLine *line = g_ptr_array_index(theme->lines, i);
        if (line->key)
            read_line(theme, line, problems);
    }
}

/* The version must stand before the first theme; what else is there is comments. */
static void
check_head(const VocThemes *themes, GPtrArray *problems)
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
            voc_theme_complain(problems, line->number, TRUE, "version%.*s of the format is not known here",
                               (int)text.len - 10, text.data + 10);
        else if (!version)
            voc_theme_complain(problems, line->number, TRUE, "\"%.*s\" stands before the first theme",
                               (int)MIN(text.len, 60), text.data);
    }
    if (!found)
        voc_theme_complain(problems, 1, TRUE, "no line \"voc-themes 1\" at the beginning");
}

/* Parents and merged themes must exist and not go round. */
static void
check_links(const VocThemes *themes, GPtrArray *problems)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        const char *links[] = {theme->parent, theme->merged_into};
        for (guint k = 0; k < G_N_ELEMENTS(links); k++) {
            const VocTheme *at = theme;
            guint steps = 0;
            if (links[k] && !voc_themes_find(themes, links[k]))
                voc_theme_complain(problems, theme->line, TRUE, "[%s] %s \"%s\", which is no theme here",
                                   theme->id, k ? "is merged into" : "has the parent", links[k]);
            while (at && steps <= themes->themes->len) {
                const char *up = k ? at->merged_into : at->parent;
                at = up ? voc_themes_find(themes, up) : NULL;
                steps++;
            }
            if (at)
                voc_theme_complain(problems, theme->line, TRUE, "[%s] is %s itself", theme->id,
                                   k ? "merged into" : "above");
        }
    }
}

static void
read_header(VocThemes *themes, VocSlice text, guint number, GPtrArray *problems)
{
    gboolean closed = text.data[text.len - 1] == ']';
    g_autofree char *id =
        voc_slice_dup(voc_slice_strip(voc_slice_of(text.data + 1, text.len - (closed ? 2 : 1))));
    if (!closed)
        voc_theme_complain(problems, number, TRUE, "the ] is missing behind [%s", id);
    else if (!voc_theme_is_id(id))
        voc_theme_complain(problems, number, TRUE,
                           "\"%s\" is no id: small letters a-z, digits, and . - _ inside", id);
    else if (voc_themes_find(themes, id))
        voc_theme_complain(problems, number, TRUE, "there is a theme [%s] already, at line %u", id,
                           voc_themes_find(themes, id)->line);
    voc_theme_new(themes, id, number);
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
    VocThemes *themes = voc_themes_empty(path);
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
            read_header(themes, inner, number, problems);
            theme = g_ptr_array_index(themes->themes, themes->themes->len - 1);
            continue;
        }
        VocThemeLine *line = voc_theme_line_new(raw, number);
        g_ptr_array_add(theme ? theme->lines : themes->head, line);
        if (theme && !line->key && inner.len && inner.data[0] != '#')
            voc_theme_complain(problems, number, TRUE, "neither KEY = VALUE nor [ID] nor a # comment");
    }
    check_head(themes, problems);
    for (guint i = 0; i < themes->themes->len; i++)
        voc_theme_reread(g_ptr_array_index(themes->themes, i), problems);
    check_links(themes, problems);
    if (problems)
        g_ptr_array_sort(problems, by_line);
    return themes;
}

static void
problem_free(void *data)
{
    voc_theme_problem_free(data);
}

gboolean
voc_themes_load(const char *path, VocBuffer *text, GError **error)
{
    g_autoptr(VocInput) input = voc_input_open(path, error);
    char part[64 * 1024];
    gssize n = 0;
    while (input && text->len <= MOST_BYTES && (n = voc_input_read(input, part, sizeof part, error)) > 0)
        voc_buffer_add(text, part, (gsize)n);
    if (!input || n < 0)
        return FALSE;
    gboolean good = text->len <= MOST_BYTES && g_utf8_validate_len(text->data, text->len, NULL);
    if (!good)
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "is not UTF-8 text of less than 64 MiB");
    return good;
}

VocThemes *
voc_themes_read(const char *path, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_autoptr(GError) problem = NULL;
    if (!voc_themes_load(path, &text, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path, problem->message);
        return NULL;
    }
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(problem_free);
    g_autoptr(VocThemes) themes = voc_themes_parse(voc_buffer_slice(&text), path, problems);
    for (guint i = 0; i < problems->len; i++) {
        const VocThemeProblem *found = g_ptr_array_index(problems, i);
        if (!found->fatal)
            continue;
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s:%u: %s", path, found->line, found->message);
        return NULL;
    }
    return g_steal_pointer(&themes);
}

/* ---- what is seldom meant ---- */

/* The most that a message can say for the theme. */
static double
most_sum(const VocTheme *theme)
{
    double sum = theme->bias;
    for (guint r = 0; r < theme->rules->len; r++) {
        const VocThemeRule *rule = &g_array_index(theme->rules, VocThemeRule, r);
        if (rule->kind != VOC_RULE_EXCLUDE && rule->weight > 0)
            sum += rule->weight;
    }
    return sum;
}

static gboolean
is_parent(const VocThemes *themes, const VocTheme *theme)
{
    for (guint i = 0; i < themes->themes->len; i++)
        if (g_strcmp0(((const VocTheme *)g_ptr_array_index(themes->themes, i))->parent, theme->id) == 0)
            return TRUE;
    return FALSE;
}

/* The first theme of the same name in some language. */
static const VocTheme *
namesake(const VocThemes *themes, guint n, const VocTheme *theme)
{
    for (guint i = 0; i < n; i++) {
        const VocTheme *other = g_ptr_array_index(themes->themes, i);
        for (int lang = 0; lang < VOC_N_LANGS; lang++)
            if (theme->names[lang] && g_strcmp0(theme->names[lang], other->names[lang]) == 0)
                return other;
    }
    return NULL;
}

void
voc_themes_review(const VocThemes *themes, GPtrArray *problems)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        const VocTheme *other = namesake(themes, i, theme);
        gboolean bare = theme->rules->len == 0;
        if (bare && theme->state != VOC_THEME_MERGED && !is_parent(themes, theme))
            voc_theme_complain(problems, theme->line, FALSE,
                               "[%s] has no words: nothing is ever assigned to it", theme->id);
        if (!bare && most_sum(theme) < 0.985)
            voc_theme_complain(problems, theme->line, FALSE,
                               "all words of [%s] together weigh less than 1: nothing is ever assigned to it",
                               theme->id);
        if (other && theme->state != VOC_THEME_MERGED && other->state != VOC_THEME_MERGED)
            voc_theme_complain(problems, theme->line, FALSE, "[%s] has the name of [%s], at line %u",
                               theme->id, other->id, other->line);
    }
    g_ptr_array_sort(problems, by_line);
}
