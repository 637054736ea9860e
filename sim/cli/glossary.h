/* Words of the field that reports and definitions use, and the columns of the files that onhold writes. */
#ifndef OH_CLI_GLOSSARY_H
#define OH_CLI_GLOSSARY_H

#include <stddef.h>

struct oh_glossary_row {
    const char *word, *about;
    const char *see; /* what else to ask `onhold explain` for; NULL: nothing */
};
size_t oh_glossary(const struct oh_glossary_row **rows);

struct oh_file_part {
    const char *name, *about;
};
struct oh_file_doc {
    const char *name, *other; /* names that it is asked for by */
    const char *about;
    const struct oh_file_part *parts;
    size_t n;
};
size_t oh_file_docs(const struct oh_file_doc **rows);

#endif
