/* A language's words, numbers and dates.
 *
 * The texts are English in the source; data/po has the translations, as gettext's tools make them (see
 * report/catalogue.h for how they are found). Numbers and dates follow the language, never the process's
 * locale. There is one language a process: a second voc_phrase_init() switches it, so use one VocPhrase at a
 * time and from one thread.
 *
 * Strings returned live until voc_phrase_clear(). */
#ifndef VOC_REPORT_PHRASE_H
#define VOC_REPORT_PHRASE_H

#include "base/arena.h"
#include "base/calendar.h"

G_BEGIN_DECLS

/* Shares of fewer than this many are written as counts ("3 of 7"), never as percentages. */
#define VOC_SMALL 20

typedef struct VocPhrase {
    const char *lang; /* "fi" or "en" */
    gboolean finnish;
    VocArena arena;
} VocPhrase;

/* Marks a text for translation where it is written down but not yet said. */
#define N_(String) (String) /* as in glib/gi18n.h */
#define NN_(one, many) (one), (many)

/* The text in the language in use; never NULL. */
const char *voc_say(const char *text) G_GNUC_FORMAT(1);

/* The form of the text for `n` of a thing. */
const char *voc_say_n(const char *one, const char *many, gint64 n) G_GNUC_FORMAT(1) G_GNUC_FORMAT(2);

/* The text in a context, for words that English uses twice. */
const char *voc_say_in(const char *context, const char *text) G_GNUC_FORMAT(2);

/* `lang` is "fi" or "en" (VOC_ERROR_USAGE otherwise); `locale_dir` holds fi/LC_MESSAGES/voc.mo, without which
 * Finnish is VOC_ERROR_FATAL. */
gboolean voc_phrase_init(VocPhrase *phrase, const char *lang, const char *locale_dir, GError **error);
void voc_phrase_clear(VocPhrase *phrase);

const char *voc_phrase_printf(VocPhrase *phrase, const char *format, ...) G_GNUC_PRINTF(2, 3);

const char *voc_phrase_int(VocPhrase *phrase, gint64 value);                   /* 1 234 */
const char *voc_phrase_decimal(VocPhrase *phrase, double value, int decimals); /* 3,1; -> "–" when NaN */
const char *voc_phrase_signed(VocPhrase *phrase, double value, int decimals);  /* +3,1 */
const char *voc_phrase_percent_number(VocPhrase *phrase, double share);        /* 0.031 -> 3,1; 0.114 -> 11 */
const char *voc_phrase_percent(VocPhrase *phrase, double share);               /* 3,1 % */
const char *voc_phrase_share(VocPhrase *phrase, gint64 k, gint64 n); /* 11 %, or 3 of 7 when n is small */
const char *voc_phrase_points(VocPhrase *phrase, double difference); /* of shares: +6,8 */
const char *voc_phrase_p(VocPhrase *phrase, double p);               /* "< 0,001", "0,03" */
const char *voc_phrase_day(VocPhrase *phrase, gint32 day);           /* 16.11.2026 */
const char *voc_phrase_day_short(VocPhrase *phrase, gint32 day);     /* 16.11. */
const char *voc_phrase_days(VocPhrase *phrase, gint32 first, gint32 last);       /* 16.–22.11.2026 */
const char *voc_phrase_period(VocPhrase *phrase, const VocPeriod *period);       /* viikko 47/2026 */
const char *voc_phrase_period_short(VocPhrase *phrase, const VocPeriod *period); /* vk 47 */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocPhrase, voc_phrase_clear)

G_END_DECLS

#endif
