#include "report/json-build.h"

#include "io/json.h"

#include <math.h>

/* A line a value, down to the third level; deeper values share their line. */
static void
before(VocJsonBuild *build, const char *key)
{
    if (build->comma)
        voc_buffer_add_char(build->out, ',');
    if (build->depth > 0 && build->depth <= 3) {
        voc_buffer_add_char(build->out, '\n');
        for (int i = 0; i < build->depth; i++)
            voc_buffer_add_char(build->out, ' ');
    } else if (build->comma) {
        voc_buffer_add_char(build->out, ' ');
    }
    if (key) {
        voc_json_add_string(build->out, voc_slice_from_string(key));
        voc_buffer_add_literal(build->out, ": ");
    }
    build->comma = TRUE;
}

void
voc_json_open(VocJsonBuild *build, const char *key, char open)
{
    before(build, key);
    voc_buffer_add_char(build->out, open);
    build->comma = FALSE;
    build->depth++;
}

void
voc_json_close(VocJsonBuild *build, char close)
{
    build->depth--;
    if (build->depth < 3 && build->comma) {
        voc_buffer_add_char(build->out, '\n');
        for (int i = 0; i < build->depth; i++)
            voc_buffer_add_char(build->out, ' ');
    }
    voc_buffer_add_char(build->out, close);
    build->comma = TRUE;
}

void
voc_json_string(VocJsonBuild *build, const char *key, const char *value)
{
    before(build, key);
    voc_json_add_string(build->out, voc_slice_from_string(value));
}

void
voc_json_int(VocJsonBuild *build, const char *key, gint64 value)
{
    before(build, key);
    voc_buffer_add_int(build->out, value);
}

void
voc_json_real(VocJsonBuild *build, const char *key, double value)
{
    before(build, key);
    if (isfinite(value))
        voc_buffer_add_number(build->out, value, 6);
    else
        voc_buffer_add_literal(build->out, "null");
}

void
voc_json_bool(VocJsonBuild *build, const char *key, gboolean value)
{
    before(build, key);
    voc_buffer_add_string(build->out, value ? "true" : "false");
}
