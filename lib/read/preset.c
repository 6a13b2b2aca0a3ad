#include "read/preset.h"

#include "base/error.h"
#include "base/tsv.h"

typedef struct Mapping {
    VocRole role;
    char **columns; /* folded: other names of the same one */
} Mapping;

typedef struct Scaling {
    VocRole role;
    VocScale scale;
} Scaling;

struct VocPreset {
    char *tool, *channel;
    GPtrArray *signs; /* of char **: any of these names will do */
    GArray *mappings; /* of Mapping */
    GArray *scalings; /* of Scaling */
    GPtrArray *subheaders;
};

/* "A|B" as folded names. */
static char **
fold_alternatives(VocSlice cell)
{
    g_autofree char *copy = voc_slice_dup(cell);
    char **names = g_strsplit(copy, "|", -1);

    for (char **name = names; *name; name++) {
        char *folded = voc_names_fold(voc_slice_from_string(*name));
        g_free(*name);
        *name = folded;
    }
    return names;
}

static void
clear_mapping(gpointer data)
{
    g_strfreev(((Mapping *)data)->columns);
}

static void
free_strv(gpointer data)
{
    g_strfreev(data);
}

static void
preset_free(gpointer data)
{
    VocPreset *preset = data;

    g_free(preset->tool);
    g_free(preset->channel);
    g_ptr_array_unref(preset->signs);
    g_array_unref(preset->mappings);
    g_array_unref(preset->scalings);
    g_ptr_array_unref(preset->subheaders);
    g_free(preset);
}

static VocPreset *
preset_new(void)
{
    VocPreset *preset = g_new0(VocPreset, 1);

    preset->signs = g_ptr_array_new_with_free_func(free_strv);
    preset->mappings = g_array_new(FALSE, FALSE, sizeof(Mapping));
    g_array_set_clear_func(preset->mappings, clear_mapping);
    preset->scalings = g_array_new(FALSE, FALSE, sizeof(Scaling));
    preset->subheaders = g_ptr_array_new_with_free_func(g_free);
    return preset;
}

static gboolean
add_row(VocPreset *preset, const VocTsv *tsv, GError **error)
{
    VocSlice kind = tsv->cell[0], value = tsv->cell[1];

    if (voc_slice_equal_string(kind, "tool")) {
        g_free(preset->tool);
        preset->tool = voc_slice_dup(value);
    } else if (voc_slice_equal_string(kind, "channel")) {
        g_free(preset->channel);
        preset->channel = voc_slice_dup(value);
    } else if (voc_slice_equal_string(kind, "sign")) {
        g_ptr_array_add(preset->signs, fold_alternatives(value));
    } else if (voc_slice_equal_string(kind, "subheader")) {
        g_ptr_array_add(preset->subheaders, voc_names_fold(value));
    } else if (voc_slice_equal_string(kind, "map")) {
        Mapping mapping;

        if (!voc_role_from_name(value, &mapping.role))
            return voc_tsv_fail(tsv, error, "no such field");
        mapping.columns = fold_alternatives(tsv->cell[2]);
        g_array_append_val(preset->mappings, mapping);
    } else if (voc_slice_equal_string(kind, "scale")) {
        Scaling scaling;

        if (!voc_role_from_name(value, &scaling.role) || !voc_role_is_rating(scaling.role) ||
            !voc_scale_parse(tsv->cell[2], &scaling.scale))
            return voc_tsv_fail(tsv, error, "a scale is a rating and WORST..BEST");
        g_array_append_val(preset->scalings, scaling);
    } else {
        return voc_tsv_fail(tsv, error, "neither 'tool', 'channel', 'sign', 'map', 'scale' nor 'subheader'");
    }
    return TRUE;
}

static VocPreset *
preset_load(const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    VocPreset *preset = preset_new();
    gboolean good = voc_tsv_open(&tsv, path, error);

    while (good && voc_tsv_next(&tsv))
        good = add_row(preset, &tsv, error);
    if (good && (!preset->tool || !preset->signs->len))
        good = voc_tsv_fail(&tsv, error, "a preset needs a 'tool' and a 'sign'");
    if (good)
        return preset;
    preset_free(preset);
    return NULL;
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
voc_presets_load(const char *dir, GError **error)
{
    g_autofree char *folder = g_build_filename(dir, "presets", NULL);
    g_autoptr(GError) problem = NULL;
    g_autoptr(GDir) files = g_dir_open(folder, 0, &problem);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) presets = g_ptr_array_new_with_free_func(preset_free);
    const char *name;

    if (!files) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", problem->message);
        return NULL;
    }
    while ((name = g_dir_read_name(files)))
        if (g_str_has_suffix(name, ".tsv"))
            g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(names, compare_strings);
    for (guint i = 0; i < names->len; i++) {
        VocPreset *preset = preset_load(g_ptr_array_index(names, i), error);

        if (!preset)
            return NULL;
        g_ptr_array_add(presets, preset);
    }
    return g_steal_pointer(&presets);
}

static gboolean
has_any(const char *const *folded, gsize n, const char *const *wanted)
{
    for (gsize i = 0; i < n; i++)
        if (g_strv_contains(wanted, folded[i]))
            return TRUE;
    return FALSE;
}

gsize
voc_preset_signs(const VocPreset *preset, const char *const *folded, gsize n)
{
    for (guint i = 0; i < preset->signs->len; i++)
        if (!has_any(folded, n, g_ptr_array_index(preset->signs, i)))
            return 0;
    return preset->signs->len;
}

const char *
voc_preset_tool(const VocPreset *preset)
{
    return preset->tool;
}

const char *
voc_preset_channel(const VocPreset *preset)
{
    return preset->channel;
}

gboolean
voc_preset_role(const VocPreset *preset, const char *folded, VocRole *role)
{
    for (guint i = 0; i < preset->mappings->len; i++) {
        const Mapping *mapping = &g_array_index(preset->mappings, Mapping, i);

        if (g_strv_contains((const char *const *)mapping->columns, folded)) {
            *role = mapping->role;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
voc_preset_scale(const VocPreset *preset, VocRole role, VocScale *scale)
{
    for (guint i = 0; i < preset->scalings->len; i++) {
        const Scaling *scaling = &g_array_index(preset->scalings, Scaling, i);

        if (scaling->role == role) {
            *scale = scaling->scale;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
voc_preset_is_subheader(const VocPreset *preset, const char *folded)
{
    for (guint i = 0; i < preset->subheaders->len; i++)
        if (strcmp(g_ptr_array_index(preset->subheaders, i), folded) == 0)
            return TRUE;
    return FALSE;
}
