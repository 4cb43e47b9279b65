#!/bin/sh
# The server tests start a real nginx on a port of their own, never as a service. The same name in Debian 12 and in Ubuntu 24.04.
exec sh "$(dirname "$0")/programs.sh" tests.editions.nginx \
    "Les essais du serveur ont besoin" "de nginx" "5 Mo" \
    nginx-light
