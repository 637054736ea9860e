#include <onhold/version.h>

const char *onhold_version(void) {
    return OH_VERSION;
}
