"""what a class list's column holds -> how systems and people call it, in several languages, folded."""

from __future__ import annotations

COLUMNS = {
    what: frozenset(name.strip() for name in names.split("|"))
    for what, names in {
        "name": "name | full name | student | student name | vollständiger name | nom complet"
        " | nombre completo | nome completo | volledige naam | nome e cognome | cognome/nome",
        "first": "first name | firstname | given name | vorname | prénom | nombre | nome | voornaam",
        "last": "last name | lastname | surname | family name | nachname | nom | nom de famille | apellido(s)"
        " | apellidos | cognome | apelido | sobrenome | achternaam",
        # Moodle's Identifier: the assignment's own. German and Japanese call it "ID", which others use too.
        "moodle": "identifier | moodle | moodle id | identificador | identifiant | identificativo"
        " | identificatie | id de participante | kennung | teilnehmer-id",
        "id": "id",
        "canvas": "canvas | canvas id | canvas user id",
        "sis": "sis | sis user id | sid | id number | idnumber | student id | student number | matrikelnummer"
        " | matrikel-nr. | id-nummer | numéro d’identification | numéro d'identification | número de id"
        " | codice identificativo | número de identificação | matriculation number | registration number",
        "login": "login | sis login id | login id | username | user name | benutzername | anmeldename"
        " | nom d’utilisateur | nom d'utilisateur | nombre de usuario | nome utente | gebruikersnaam"
        " | nome de usuário",
        "gradescope": "gradescope | submission id",
        "email": "email | e-mail | mail | email address | e-mail address | e-mail-adresse | adresse e-mail"
        " | adresse de courriel | correo | correo electrónico | dirección de correo | dirección email"
        " | indirizzo email | e-mailadres | endereço de email | endereço de e-mail",
        "group": "group | team | group name | gruppe | groupe | grupo | gruppo | groep",
        "submitted": "submitted | submitted at | submission time | submitted time | time submitted"
        " | last modified (submission) | zuletzt geändert (abgabe) | dernière modification (travail remis)"
        " | dernière modification (remise) | última modificación (entrega) | ultima modifica (consegna)"
        " | última modificação (envio) | última modificação (submissão) | laatst gewijzigd (inzending)",
        "late hours": "late hours | late hours left",
    }.items()
}
