/* Dates as RFC 3339 in a time zone. */
#include "base/error.h"
#include "read/dates.h"

#define SECONDS_A_DAY 86400
#define DAYS 512 /* remembered; dates of an export are near each other */

/* A day that has been asked for. */
typedef struct Day {
    gint64 key;       /* the day from 1970, twice, and one more when it is a local one */
    int offset;       /* at its beginning */
    gboolean changes; /* and another at its end */
} Day;

struct VocZone {
    GTimeZone *zone;
    Day days[DAYS];
};

VocZone *
voc_zone_new(const char *name, GError **error)
{
    const char *wanted = name && *name ? name : VOC_ZONE_DEFAULT;
    GTimeZone *zone = g_time_zone_new_identifier(wanted);
    VocZone *made;

    if (!zone && strcmp(wanted, VOC_ZONE_DEFAULT) == 0)
        zone = g_time_zone_new_identifier("EET-2EEST,M3.5.0/3,M10.5.0/4"); /* the same since 1996 */
    if (!zone) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "unknown time zone '%s'", wanted);
        return NULL;
    }
    made = g_new0(VocZone, 1);
    made->zone = zone;
    for (int i = 0; i < DAYS; i++)
        made->days[i].key = G_MININT64;
    return made;
}

void
voc_zone_free(VocZone *zone)
{
    if (!zone)
        return;
    g_time_zone_unref(zone->zone);
    g_free(zone);
}

static int
ask_offset(VocZone *zone, gint64 seconds, gboolean is_local)
{
    gint64 local = seconds;
    int interval = is_local ? g_time_zone_adjust_time(zone->zone, G_TIME_TYPE_DAYLIGHT, &local)
                            : g_time_zone_find_interval(zone->zone, G_TIME_TYPE_UNIVERSAL, seconds);

    return g_time_zone_get_offset(zone->zone, interval);
}

/* The zone's offset at `seconds`, which are local (`is_local`) or UTC. Most days have but one. */
static int
offset_at(VocZone *zone, gint64 seconds, gboolean is_local)
{
    gint64 number = seconds / SECONDS_A_DAY, key = number * 2 + is_local;
    Day *day = &zone->days[key & (DAYS - 1)];

    if (key != day->key) {
        day->key = key;
        day->offset = ask_offset(zone, number * SECONDS_A_DAY, is_local);
        day->changes = ask_offset(zone, (number + 1) * SECONDS_A_DAY, is_local) != day->offset;
    }
    return day->changes ? ask_offset(zone, seconds, is_local) : day->offset;
}

static void
add_digits(VocBuffer *out, int number, int digits)
{
    char *at = voc_buffer_reserve(out, (gsize)digits);

    for (int i = digits - 1; i >= 0; i--, number /= 10)
        at[i] = (char)('0' + number % 10);
    out->len += (gsize)digits;
}

void
voc_date_add(VocBuffer *out, const VocDate *date, VocZone *zone)
{
    VocDate local = *date;
    int offset;

    if (date->has_offset) {
        gint64 utc = voc_date_seconds(date) - date->offset;

        offset = offset_at(zone, utc, FALSE);
        voc_date_set_seconds(&local, utc + offset);
    } else {
        offset = offset_at(zone, voc_date_seconds(date), TRUE);
    }
    add_digits(out, local.year, 4);
    voc_buffer_add_char(out, '-');
    add_digits(out, local.month, 2);
    voc_buffer_add_char(out, '-');
    add_digits(out, local.day, 2);
    voc_buffer_add_char(out, 'T');
    add_digits(out, local.hour, 2);
    voc_buffer_add_char(out, ':');
    add_digits(out, local.minute, 2);
    voc_buffer_add_char(out, ':');
    add_digits(out, local.second, 2);
    if (date->millisecond) {
        voc_buffer_add_char(out, '.');
        add_digits(out, date->millisecond, 3);
    }
    voc_buffer_add_char(out, offset < 0 ? '-' : '+');
    add_digits(out, ABS(offset) / 3600, 2);
    voc_buffer_add_char(out, ':');
    add_digits(out, ABS(offset) / 60 % 60, 2);
}
