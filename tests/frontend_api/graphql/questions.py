"""Questions that ask all there is, used by the tests that count SQL queries."""

CARD_FIELDS = """
    uuid uri url slug title core kind kindLabel scope scopeLabel
    ontwikkelpunt { code label uri }
    otherOntwikkelpunten { code label uri }
    phases { code label uri }
    partners { role roleLabel partner { code label uri } }
    familyForms { code label uri }
    situations { code label uri }
    audiences { code label uri }
    jeugdregio { code name uri }
    gemeenten { code name uri }
    pilot { slug title url }
    evidenceLevel { code label uri }
    ownFigures
    period { fromYear toYear isUnknown note }
    firstPublishedAt lastPublishedAt lastReviewed nextReview
    attribution owner
"""

DETAIL_FIELDS = """
    licence { code label url }
    story {
        part label html text
        pictures { url width height alt caption }
        attachments { title url extension }
    }
    worksIf doesNotWorkIf
    recommendations { text isInterpretation audience { code label } phase { code label } }
    means { kind band bandLabel figure note }
    sources { title publisher url page attachment { title url extension } }
    relations { kind label isIncoming lesson { uuid uri url title } }
    adoptions {
        jeugdregio { code name } gemeente { code name }
        decision decisionLabel reason decidedOn outcome isGenerated
    }
    changeNotes { date text }
    interpretationNote contactRole
"""

EVERYTHING = CARD_FIELDS + DETAIL_FIELDS
