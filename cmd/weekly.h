/* What the parts of voc weekly share: one run, from the exports to the reports. */
#ifndef VOC_CMD_WEEKLY_H
#define VOC_CMD_WEEKLY_H

#include "config.h"
#include "store/ledger.h"
#include "theme/themes.h"

G_BEGIN_DECLS

/* A file that is new, or not as it was when it was read last. */
typedef struct VocWeeklyFile {
    char *path, *key; /* key: what the ledger knows it by */
    VocReadFile now;
    gboolean changed; /* it has been read before */
    gboolean failed;  /* not read to its end: comes again next time */
    char *reason;     /* what was wrong first, or NULL */
} VocWeeklyFile;

/* What became of one period's report. */
typedef struct VocWeeklyReport {
    char *label;      /* "2026-W47" */
    GPtrArray *paths; /* char: all its files */
    guint written;    /* how many of them are new or say something else than before */
} VocWeeklyReport;

typedef struct VocWeekly {
    VocProgram *program;
    const VocConfig *config;
    VocStore *store; /* NULL in a dry run that finds none */
    gint32 today;
    guint threads;
    gboolean dry;
    gboolean times; /* say what took how long */
    gint64 since;   /* when the step began, monotonic */
    gint64 worked;  /* processor time until then */

    GMutex mutex;      /* of what the thread that reads and the one that stores both note */
    GHashTable *known; /* key -> VocReadFile: the ledger's, unless it is there already */
    GPtrArray *files;  /* VocWeeklyFile, in the order in which they were met */
    GHashTable *by_path;
    guint unchanged;
    GPtrArray *notes; /* char: what cost no message */
    VocStoreCounts counts;
    gint64 undated; /* messages without a time, in all of the store */

    VocThemes *themes;
    guint new_themes;   /* added in this run, at the end */
    GPtrArray *reports; /* VocWeeklyReport, oldest first; the last is the newest period's */
    VocPeriod newest;
    gboolean fresh;   /* nobody has been told of the newest period */
    VocBuffer digest; /* the newest report in a few lines */
    gboolean alert;   /* something in it is significant */
    gboolean mailed;
} VocWeekly;

/* weekly-read.c: the records of all that is new, once; free with voc_weekly_reading_free() after the run. */
typedef struct VocWeeklyReading VocWeeklyReading;
VocWeeklyReading *voc_weekly_reading_new(VocWeekly *weekly, GError **error);
void voc_weekly_reading_free(VocWeeklyReading *reading);
VocSource voc_weekly_reading_source(VocWeeklyReading *reading);

/* Notes what of the file could not be read; as VocSink.reject. */
gboolean voc_weekly_reject(void *weekly, const char *file, guint64 line, const char *reason, VocSlice raw,
                           GError **error);

/* weekly-keep.c: reads, works on and stores what is new and brings the themes up to date, all or nothing. */
gboolean voc_weekly_keep(VocWeekly *weekly, GError **error);

/* The themes as the store and their file have them; reads or makes them. */
gboolean voc_weekly_open_themes(VocWeekly *weekly, gboolean *edited, GError **error);

/* The chain from raw records to such as are kept, copies told apart by who takes them; free with
 * g_ptr_array_unref(). NULL and an error. */
GPtrArray *voc_weekly_stages(VocWeekly *weekly, GError **error);

/* weekly-report.c: writes the reports of all periods whose messages have changed, and the digest. */
gboolean voc_weekly_report(VocWeekly *weekly, GError **error);

/* In the ledger: the newest period of which somebody has been told. */
#define VOC_WEEKLY_TOLD "digest.told"

/* weekly-digest.c: what the run has to say, flushed, so that what could not be told is told next time. */
gboolean voc_weekly_tell(VocWeekly *weekly, gboolean alert_only, GError **error);
gboolean voc_weekly_tell_plan(VocWeekly *weekly, GError **error);

/* Sends the newest report, once. */
gboolean voc_weekly_mail(VocWeekly *weekly, GError **error);

/* A step is done: says how long it took, when that was asked for. */
void voc_weekly_time(VocWeekly *weekly, const char *step);

void voc_weekly_clear(VocWeekly *weekly);

G_END_DECLS

#endif
