-- The vault has a database of its own. Roles and schemas are made by `raccordo prepare`.
create database raccordo_vault;
revoke connect on database raccordo_vault from public;
