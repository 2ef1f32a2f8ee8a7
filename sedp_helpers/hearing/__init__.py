"""Papers for the hearing and for residents: slides, notice, village pages, brief, budget, forms."""
