"""Words that say nothing about what a lesson is about, in their plain form."""

STOP_WORDS = frozenset(
    """
    aan achter af al aldus alle allemaal als alsof altijd ander andere anders be behalve beide ben
    bent bij bijna binnen boven bv daar daarbij daarin daarna daarom daarop daaruit daarvan dan dat
    de den der des deze die dit doch doen doet door dus echter een eens eer eerst elk elke en enige
    enkele er eraan erbij erin erna erop eruit ervan ervoor etc even ga gaan gaat gedaan geen gehad
    gekregen geweest geworden goed had hadden heb hebben hebt heeft helpt hen het hier hierbij
    hierin hij hoe hoeveel hun ieder iedere iemand iets ik in indien is ja je jij jou jouw jullie
    kan komen komt kon konden krijg krijgen krijgt kun kunnen kunt laat laten maar mag me mee meer
    men met mij mijn moest moesten moet moeten mogen na naar nadat nee niemand niet niets nodig nog
    nogal nu of om omdat omtrent onder ons onze ook op over per reeds sinds steeds te tegen ten ter
    terwijl tijdens toch toe toen tot tussen u uit uw vaak van vanaf vanuit vanwege veel ver via vol
    volgens voor vooral voordat waar waarbij waarin waarna waarom waarop waarvan waarvoor wanneer
    want waren was wat we wel welk welke werd werden wie wij wil willen wilt word worden wordt wou
    zal ze zelf zich zij zijn zo zoals zodat zonder zou zouden zowel zulke zullen zult
    """.split()  # noqa: SIM905 - read and kept as lines of words
)
