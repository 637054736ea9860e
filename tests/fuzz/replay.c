/* Replays a corpus without libFuzzer: every file whole, and cut off at many places. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CUTS = 50 };

static unsigned n_files, n_inputs;

/* A copy of its own size, so that a sanitizer sees a read past the end. */
static void try_input(const char *text, size_t size) {
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL)
        abort();
    memcpy(copy, text, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    n_inputs++;
}

static void replay_file(const char *path) {
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    n_files++;
    try_input(text, size);
    for (size_t cut = 0; cut < CUTS && size > 0; cut++)
        try_input(text, size * cut / CUTS);
}

static void replay(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        replay_file(path);
        return;
    }
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        char below[4096];
        size_t length = strlen(entry->d_name);
        bool is_scenario = length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
        if (entry->d_name[0] == '.' || (entry->d_type != DT_DIR && !is_scenario))
            continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        replay(below);
    }
    if (directory != NULL)
        closedir(directory);
}

int main(int n, char **paths) {
    for (int i = 1; i < n; i++)
        replay(paths[i]);
    printf("%u files, %u inputs\n", n_files, n_inputs);
    return n_files > 0 ? 0 : 1;
}
