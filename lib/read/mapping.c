#include "read/mapping.h"

#include "base/error.h"

static void
clear_mapping(gpointer data)
{
    g_free(((VocMapping *)data)->column);
}

/* Where the next "FIELD=" behind a comma begins, or the end: a column's name may have commas. */
static const char *
next_mapping(const char *at)
{
    const char *comma = at;

    while ((comma = strchr(comma, ','))) {
        const char *equals = strchr(++comma, '=');
        VocRole role;

        if (equals &&
            voc_role_from_name(voc_slice_strip(voc_slice_of(comma, (gsize)(equals - comma))), &role))
            return comma;
    }
    return at + strlen(at);
}

static char *
unquoted(const char *at, const char *end)
{
    VocSlice name = voc_slice_strip(voc_slice_of(at, (gsize)(end - at)));

    if (name.len >= 2 && (*name.data == '\'' || *name.data == '"') && name.data[name.len - 1] == *name.data)
        name = voc_slice_of(name.data + 1, name.len - 2);
    return voc_slice_dup(name);
}

static gboolean
add_mappings(GArray *mappings, const char *given, GError **error)
{
    for (const char *at = given, *next; *at; at = next) {
        const char *equals = strchr(at, '=');
        VocMapping mapping;

        next = next_mapping(at);
        if (!equals ||
            !voc_role_from_name(voc_slice_strip(voc_slice_of(at, (gsize)(equals - at))), &mapping.role)) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                        "--map %s: not FIELD=COLUMN with a FIELD of the record", at);
            return FALSE;
        }
        mapping.column = unquoted(equals + 1, *next ? next - 1 : next);
        g_array_append_val(mappings, mapping);
    }
    return TRUE;
}

GArray *
voc_read_options_mappings(const VocReadOptions *options, GError **error)
{
    g_autoptr(GArray) mappings = g_array_new(FALSE, FALSE, sizeof(VocMapping));

    g_array_set_clear_func(mappings, clear_mapping);
    for (char **given = options->map; given && *given; given++)
        if (!add_mappings(mappings, *given, error))
            return NULL;
    return g_steal_pointer(&mappings);
}

GArray *
voc_read_options_scales(const VocReadOptions *options, GError **error)
{
    g_autoptr(GArray) scales = g_array_new(FALSE, FALSE, sizeof(VocScaling));

    for (char **given = options->scale; given && *given; given++) {
        const char *equals = strchr(*given, '=');
        VocScaling scaling;

        if (!equals || !voc_role_from_name(voc_slice_of(*given, (gsize)(equals - *given)), &scaling.role) ||
            !voc_role_is_rating(scaling.role) ||
            !voc_scale_parse(voc_slice_from_string(equals + 1), &scaling.scale)) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                        "--scale %s: not RATING=WORST..BEST, as in stars=5..1", *given);
            return NULL;
        }
        g_array_append_val(scales, scaling);
    }
    return g_steal_pointer(&scales);
}

gboolean
voc_read_options_order(const VocReadOptions *options, VocDateOrder *order, GError **error)
{
    *order = VOC_DATE_AUTO;
    if (!options->date_order || voc_date_order_from_name(options->date_order, order))
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "--date-order %s: not dmy, mdy or ymd",
                options->date_order);
    return FALSE;
}

gboolean
voc_read_options_mark(const char *option, const char *given, char *mark, GError **error)
{
    if (g_ascii_strcasecmp(given, "tab") == 0 || strcmp(given, "\\t") == 0)
        *mark = '\t';
    else if (g_ascii_strcasecmp(given, "none") == 0)
        *mark = 0;
    else if (strlen(given) == 1 && *given != '\n' && *given != '\r')
        *mark = *given;
    else {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "--%s %s: not one character, 'tab' or 'none'", option,
                    given);
        return FALSE;
    }
    return TRUE;
}

gboolean
voc_read_options_check(const VocReadOptions *options, GError **error)
{
    g_autoptr(GArray) mappings = voc_read_options_mappings(options, error);
    g_autoptr(GArray) scales = mappings ? voc_read_options_scales(options, error) : NULL;
    VocDateOrder order;
    char mark;

    return mappings && scales && voc_read_options_order(options, &order, error) &&
           (!options->delimiter || voc_read_options_mark("delimiter", options->delimiter, &mark, error)) &&
           (!options->quote || voc_read_options_mark("quote", options->quote, &mark, error));
}
