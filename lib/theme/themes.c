#include "theme/themes-data.h"

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

VocThemeLine *
voc_theme_line_new(VocSlice raw, guint number)
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

VocThemes *
voc_themes_empty(const char *path)
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
    VocThemes *themes = voc_themes_empty("");
    g_ptr_array_add(themes->head, voc_theme_line_new(VOC_SLICE("voc-themes 1"), 0));
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

VocTheme *
voc_theme_new(VocThemes *themes, const char *id, guint line)
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

static void
write_lines(const GPtrArray *lines, VocBuffer *out)
{
    for (guint i = 0; i < lines->len; i++) {
        voc_buffer_add_string(out, ((const VocThemeLine *)g_ptr_array_index(lines, i))->raw);
        voc_buffer_add_char(out, '\n');
    }
}

void
voc_theme_write(const VocTheme *theme, VocBuffer *out)
{
    voc_buffer_add_printf(out, "[%s]\n", theme->id);
    write_lines(theme->lines, out);
}

void
voc_themes_write(const VocThemes *themes, VocBuffer *out)
{
    write_lines(themes->head, out);
    for (guint i = 0; i < themes->themes->len; i++)
        voc_theme_write(g_ptr_array_index(themes->themes, i), out);
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
        g_ptr_array_add(lines, voc_theme_line_new(VOC_SLICE_NONE, 0));
}

VocTheme *
voc_themes_add(VocThemes *themes, const char *id)
{
    guint n = themes->themes->len;
    end_with_empty_line(n ? ((VocTheme *)g_ptr_array_index(themes->themes, n - 1))->lines : themes->head);
    return voc_theme_new(themes, id, 0);
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
    return themes ? voc_themes_free_id(themes, id->str) : g_string_free(g_steal_pointer(&id), FALSE);
}

char *
voc_themes_free_id(const VocThemes *themes, const char *id)
{
    GString *free_id = g_string_new(id);
    for (guint i = 2; voc_themes_find(themes, free_id->str); i++)
        g_string_printf(free_id, "%s-%u", id, i);
    return g_string_free(free_id, FALSE);
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
    return voc_theme_line_new(voc_slice_from_string(raw), 0);
}

static gboolean
is_any(const char *key)
{
    return key != NULL;
}

/* Keys that come before the words. */
static gboolean
is_heading(const char *key)
{
    static const char *const KEYS[] = {"parent", "owner", "state", "bias", "evidence"};
    for (guint i = 0; key && i < G_N_ELEMENTS(KEYS); i++)
        if (strcmp(key, KEYS[i]) == 0)
            return TRUE;
    return key && g_str_has_prefix(key, "name.");
}

/* Behind the last line of that kind, else at the beginning. */
static void
insert_behind(VocTheme *theme, gboolean (*is_kind)(const char *key), VocThemeLine *line)
{
    guint at = theme->lines->len;
    while (at > 0 && !is_kind(((VocThemeLine *)g_ptr_array_index(theme->lines, at - 1))->key))
        at--;
    g_ptr_array_insert(theme->lines, (int)at, line);
}

void
voc_theme_set(VocTheme *theme, const char *key, const char *value)
{
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
        insert_behind(theme, is_heading(key) ? is_heading : is_any, line_of(key, value));
    voc_theme_reread(theme, NULL);
}

void
voc_theme_add(VocTheme *theme, const char *key, const char *value)
{
    insert_behind(theme, is_any, line_of(key, value));
    voc_theme_reread(theme, NULL);
}

void
voc_theme_remove(VocTheme *theme, const char *key)
{
    for (guint i = theme->lines->len; i-- > 0;) {
        const VocThemeLine *line = g_ptr_array_index(theme->lines, i);
        if (line->key && strcmp(line->key, key) == 0)
            g_ptr_array_remove_index(theme->lines, i);
    }
    voc_theme_reread(theme, NULL);
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
