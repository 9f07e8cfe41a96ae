#!/bin/sh
# Least rights of each service's login: kafka/acls.sh broker:9093 admin.properties. Logins are called like the services. Needs Kafka's own
# kafka-acls.sh on the PATH (in its image: /opt/kafka/bin). What a service reads, and its groups, are those of its consumers.
set -eu
server=$1
config=$2

allow() {
  login=$1
  shift
  kafka-acls.sh --bootstrap-server "$server" --command-config "$config" --add --allow-principal "User:$login" "$@"
}

# reads <service> <contexts> <consumers>. A rebuild uses a group of its own (<consumer>.rebuild) and removes it, as `raccordo topics skip` does.
reads() {
  service=$1 contexts=$2 consumers=$3
  set --
  for context in $contexts; do set -- "$@" --topic "$context.events.v1" --topic "$context.heartbeats.v1"; done
  allow "$service" --operation Read "$@"
  set -- --group raccordo.look.
  for consumer in $consumers; do set -- "$@" --group "$consumer"; done
  allow "$service" --operation Read --operation Delete --resource-pattern-type prefixed "$@"
}

reads regions 'cases referrals' 'open-custody open-referral'
reads cases 'regions referrals alerts' 'cases-directory grant-when-referred link-alert-when-issued'
reads referrals 'regions cases' 'referrals-directory referral-facts disclose-identity-when-granted send-notice-when-access-ends
  withdraw-referrals-when-case-closed withdraw-referrals-when-consent-withdrawn'
reads alerts 'regions cases' 'alerts-directory alert-facts'
reads audit 'regions' 'audit-directory'

# The relay alone writes.
set --
for context in regions cases referrals alerts; do set -- "$@" --topic "$context.events.v1" --topic "$context.heartbeats.v1"; done
allow relay --operation Write "$@"
