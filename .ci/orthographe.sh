#!/bin/sh
# The spelling test reads French with hunspell. The classical dictionary, the first that `hunspell-fr` proposes, refuses spellings
# that only the 1990 reform admits: one word is written in one way. The same names in Debian 12 and in Ubuntu 24.04.
exec sh "$(dirname "$0")/programs.sh" tests.output.spelling \
    "L’essai d’orthographe a besoin" "de hunspell et de son dictionnaire français" "4 Mo" \
    hunspell hunspell-fr-classical
