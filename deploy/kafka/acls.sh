#!/bin/sh
# Least rights of each service's login: kafka/acls.sh broker:9093 admin.properties. Logins are called like the services.
set -eu
server=$1
config=$2
add() { kafka-acls.sh --bootstrap-server "$server" --command-config "$config" --add "$@"; }

for service in regions cases referrals alerts audit; do
  for context in regions cases referrals alerts; do
    add --allow-principal "User:$service" --operation Read --operation Describe \
      --topic "$context.events.v1" --resource-pattern-type prefixed
  done
  # Groups are called like consumers; a rebuild uses one of its own and removes it.
  add --allow-principal "User:$service" --operation Read --operation Describe --operation Delete --group '*'
done

# The relay alone writes.
for context in regions cases referrals alerts; do
  add --allow-principal User:relay --operation Write --operation Describe --topic "$context.events.v1" --resource-pattern-type prefixed
done
add --allow-principal User:relay --operation IdempotentWrite --cluster
