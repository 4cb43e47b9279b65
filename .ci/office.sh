#!/bin/sh
# The document tests open files with poppler and LibreOffice. The same names in Debian 12 and in Ubuntu 24.04;
# without a screen, Java nor fonts we bring ourselves.
exec sh "$(dirname "$0")/programs.sh" tests.documents.office \
    "Les essais de documents ont besoin" "de poppler et de LibreOffice" "400 Mo" \
    poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui
