/* The formats. Where two are equally sure the earlier one gets the file. */
#include "read/format.h"

extern const VocFormat voc_format_records, voc_format_jsonl, voc_format_json, voc_format_chat_json,
    voc_format_slack, voc_format_intercom, voc_format_zendesk, voc_format_contact_lens, voc_format_whisper,
    voc_format_signal, voc_format_zoom_chat, voc_format_mbox, voc_format_mail, voc_format_whatsapp,
    voc_format_transcript, voc_format_table;

/* One line a format. */
/* clang-format off */
const VocFormat *const voc_formats[] = {
    &voc_format_records,
    &voc_format_jsonl,
    &voc_format_chat_json,
    &voc_format_slack,
    &voc_format_intercom,
    &voc_format_zendesk,
    &voc_format_contact_lens,
    &voc_format_whisper,
    &voc_format_signal,
    &voc_format_json,
    &voc_format_mbox,
    &voc_format_mail,
    &voc_format_whatsapp,
    &voc_format_transcript,
    &voc_format_zoom_chat,
    &voc_format_table,
    NULL,
};
/* clang-format on */

const VocFormat *
voc_format_find(const char *name)
{
    for (const VocFormat *const *format = voc_formats; *format; format++)
        if (strcmp((*format)->name, name) == 0)
            return *format;
    return NULL;
}

const VocFormat *
voc_format_probe(VocExport *export, int *confidence, const char **why)
{
    VocSlice text = voc_export_head_text(export);
    const VocFormat *best = NULL;

    *confidence = VOC_PROBE_NO;
    for (const VocFormat *const *format = voc_formats; *format; format++) {
        const char *reason = "";
        int sure = (*format)->probe(export, text, &reason);

        if (sure > *confidence) {
            best = *format;
            *confidence = sure;
            *why = reason;
        }
    }
    return best;
}
