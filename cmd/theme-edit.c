/* voc theme check, show, rename, merge, hide, pin, move: the theme file by itself. */
#include "theme.h"

VocThemes *
voc_theme_open(const VocThemeOptions *options, GError **error)
{
    if (options->theme.themes)
        return voc_themes_read(options->theme.themes, error);
    voc_theme_usage(error, _("which theme file? Name it with -t"));
    return NULL;
}

gboolean
voc_theme_save(const VocThemes *themes, const VocThemeOptions *options, const char *path, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_autoptr(VocOutput) out = voc_output_create(path, options->packed, error);
    voc_themes_write(themes, &text);
    return out && voc_output_write(out, voc_buffer_slice(&text), error) && voc_output_close(out, error);
}

gboolean
voc_theme_save_edited(const VocThemes *themes, const VocThemeOptions *options, GError **error)
{
    return voc_theme_save(themes, options, options->output ? options->output : options->theme.themes, error);
}

/* ---- check ---- */

static void
problem_free(void *problem)
{
    voc_theme_problem_free(problem);
}

static gboolean
check_file(VocProgram *program, const char *path, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_autoptr(GError) problem = NULL;
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(problem_free);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    if (!voc_themes_load(path, &text, &problem))
        return voc_program_reject(program, path, 0, problem->message, VOC_SLICE_NONE, error);
    g_autoptr(VocThemes) themes = voc_themes_parse(voc_buffer_slice(&text), path, problems);
    voc_themes_review(themes, problems);
    for (guint i = 0; i < problems->len; i++) {
        const VocThemeProblem *found = g_ptr_array_index(problems, i);
        program->n_rejected += found->fatal;
        voc_buffer_add_printf(&out, "%s:%u: %s%s\n", path, found->line, found->fatal ? "" : _("note: "),
                              found->message);
    }
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

gboolean
voc_theme_check(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    if (!operands[0] && !options->theme.themes)
        return voc_theme_usage(error, _("which theme file? Name it with -t"));
    if (options->theme.themes && !check_file(program, options->theme.themes, error))
        return FALSE;
    for (char **path = operands; *path; path++)
        if (!check_file(program, *path, error))
            return FALSE;
    return TRUE;
}

/* ---- show ---- */

static const char *
state_name(const VocTheme *theme)
{
    static const char *const NAMES[] = {"", "pinned", "hidden", "new", "merged"};
    return NAMES[theme->state];
}

typedef struct Columns {
    gsize id, name, state, owner;
} Columns;

static gsize
width(const char *text)
{
    return (gsize)g_utf8_strlen(text, -1);
}

static guint
depth(const VocThemes *themes, const VocTheme *theme)
{
    guint n = 0;
    while (theme && theme->parent && n < 8) {
        theme = voc_themes_find(themes, theme->parent);
        n++;
    }
    return n;
}

static void
measure(const VocThemes *themes, Columns *c)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        c->id = MAX(c->id, width(theme->id) + 2 * depth(themes, theme));
        c->name = MAX(c->name, width(voc_theme_name(theme, VOC_LANG_FI)));
        c->state = MAX(c->state, width(state_name(theme)));
        c->owner = MAX(c->owner, theme->owner ? width(theme->owner) : 0);
    }
}

static void
add_cell(VocBuffer *out, const char *text, gsize wide)
{
    voc_buffer_add_string(out, text);
    for (gsize i = width(text); i < wide + 2; i++)
        voc_buffer_add_char(out, ' ');
}

static void
show_row(const VocThemes *themes, const VocTheme *theme, const Columns *c, VocBuffer *out)
{
    guint indent = depth(themes, theme) * 2;
    const char *evidence = voc_theme_get(theme, "evidence");
    for (guint i = 0; i < indent; i++)
        voc_buffer_add_char(out, ' ');
    add_cell(out, theme->id, c->id - indent);
    add_cell(out, voc_theme_name(theme, VOC_LANG_FI), c->name);
    if (c->state)
        add_cell(out, state_name(theme), c->state);
    if (c->owner)
        add_cell(out, theme->owner ? theme->owner : "", c->owner);
    voc_buffer_add_printf(out, _("%u words"), theme->rules->len);
    if (evidence)
        voc_buffer_add_printf(out, "  %s", evidence);
    voc_buffer_add_char(out, '\n');
}

/* The theme's row, then its children's. */
static void
show_tree(const VocThemes *themes, const char *parent, const Columns *c, VocBuffer *out)
{
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        if (g_strcmp0(theme->parent, parent) != 0)
            continue;
        show_row(themes, theme, c, out);
        show_tree(themes, theme->id, c, out);
    }
}

static gboolean
no_such(const char *id, GError **error)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("there is no theme [%s]"), id);
    return FALSE;
}

gboolean
voc_theme_show(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    Columns columns = {0};
    if (!themes)
        return FALSE;
    measure(themes, &columns);
    if (!operands[0])
        show_tree(themes, NULL, &columns, &out);
    for (char **id = operands; *id; id++) {
        const VocTheme *theme = voc_themes_find(themes, *id);
        if (!theme)
            return no_such(*id, error);
        voc_theme_write(theme, &out);
    }
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

/* ---- changes ---- */

gboolean
voc_theme_rename(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    (void)program;
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    if (!themes)
        return FALSE;
    if (g_strv_length(operands) != 2 || !*operands[1])
        return voc_theme_usage(error, _("rename takes an id and a name"));
    VocTheme *theme = voc_themes_find(themes, operands[0]);
    if (!theme)
        return no_such(operands[0], error);
    VocLang lang = VOC_LANG_FI;
    if (options->lang)
        lang = voc_lang_from_name(voc_slice_from_string(options->lang));
    else
        while (lang + 1 < VOC_N_LANGS && !theme->names[lang])
            lang++;
    if (lang == VOC_LANG_UND)
        return voc_theme_usage(error, _("--lang takes fi, en or sv"));
    g_autofree char *key =
        g_strdup_printf("name.%s", voc_lang_name(theme->names[lang] || options->lang ? lang : VOC_LANG_FI));
    voc_theme_set(theme, key, operands[1]);
    return voc_theme_save_edited(themes, options, error);
}

/* Sets the state of the themes named (without the last one, for merge). */
static gboolean
set_states(VocThemes *themes, char **ids, guint n, const char *state, GError **error)
{
    for (guint i = 0; i < n; i++) {
        VocTheme *theme = voc_themes_find(themes, ids[i]);
        if (!theme)
            return no_such(ids[i], error);
        voc_theme_set(theme, "state", state);
    }
    return TRUE;
}

static gboolean
change_states(VocThemeOptions *options, char **operands, const char *state, GError **error)
{
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    if (!themes)
        return FALSE;
    if (!operands[0])
        return voc_theme_usage(error, _("which themes? Name their ids"));
    return set_states(themes, operands, g_strv_length(operands), options->undo ? NULL : state, error) &&
           voc_theme_save_edited(themes, options, error);
}

gboolean
voc_theme_hide(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    (void)program;
    return change_states(options, operands, "hidden", error);
}

gboolean
voc_theme_pin(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    (void)program;
    return change_states(options, operands, "pinned", error);
}

/* Whether `theme` ends up in `target`, through mergers there are. */
static gboolean
leads_to(const VocThemes *themes, const VocTheme *theme, const VocTheme *target)
{
    while (theme && theme != target)
        theme = theme->merged_into ? voc_themes_find(themes, theme->merged_into) : NULL;
    return theme != NULL;
}

gboolean
voc_theme_merge(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    (void)program;
    if (options->undo)
        return change_states(options, operands, NULL, error);
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    if (!themes)
        return FALSE;
    guint n = g_strv_length(operands);
    if (n < 2)
        return voc_theme_usage(error,
                               _("merge takes the ids of themes, and last that of the one they go into"));
    const VocTheme *target = voc_themes_find(themes, operands[n - 1]);
    if (!target)
        return no_such(operands[n - 1], error);
    for (guint i = 0; i + 1 < n; i++) {
        const VocTheme *theme = voc_themes_find(themes, operands[i]);
        if (theme && leads_to(themes, target, theme))
            return voc_theme_usage(error, _("a theme cannot be merged into itself"));
    }
    g_autofree char *state = g_strdup_printf("merged %s", target->id);
    return set_states(themes, operands, n - 1, state, error) && voc_theme_save_edited(themes, options, error);
}

gboolean
voc_theme_move(VocProgram *program, VocThemeOptions *options, char **operands, GError **error)
{
    (void)program;
    g_autoptr(VocThemes) themes = voc_theme_open(options, error);
    if (!themes)
        return FALSE;
    if (g_strv_length(operands) != 2)
        return voc_theme_usage(error, _("move takes an id and the id of its new parent, or - for none"));
    VocTheme *theme = voc_themes_find(themes, operands[0]);
    gboolean top = strcmp(operands[1], "-") == 0;
    const VocTheme *parent = top ? NULL : voc_themes_find(themes, operands[1]);
    if (!theme || (!parent && !top))
        return no_such(operands[theme ? 1 : 0], error);
    for (const VocTheme *up = parent; up; up = up->parent ? voc_themes_find(themes, up->parent) : NULL)
        if (up == theme)
            return voc_theme_usage(error, _("a theme cannot be above itself"));
    voc_theme_set(theme, "parent", top ? NULL : operands[1]);
    return voc_theme_save_edited(themes, options, error);
}
