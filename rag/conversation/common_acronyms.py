"""Acronyms that everybody knows, with what they stand for.

In: nothing. Out: ``COMMON``. What such an acronym means isn't told by an interview's words that begin with its
letters: AWS is no Apple Watch Series.
"""

from __future__ import annotations

import re

_LISTED = """
ADHD attention deficit hyperactivity disorder|AI artificial intelligence|AMD Advanced Micro Devices
API application programming interface|AR augmented reality|ASEAN Association of Southeast Asian Nations
AWS Amazon Web Services|BBC British Broadcasting Corporation|BDD behavior-driven development|BLM Black Lives Matter
BSD Berkeley Software Distribution|CAD computer-aided design|CCTV closed-circuit television
CDC Centers for Disease Control|CDN content delivery network|CEO chief executive officer|CFO chief financial officer
CI continuous integration|CIA Central Intelligence Agency|CLI command line interface|CMS content management system
CNN Cable News Network|COO chief operating officer|CPU central processing unit|CRM customer relationship management
CSS Cascading Style Sheets|CTO chief technology officer|CV curriculum vitae|DIY do it yourself
DNA deoxyribonucleic acid|DNC Democratic National Committee|DNS domain name system|DOJ Department of Justice
DOM document object model|DVD digital video disc|ECB European Central Bank|ECHR European Court of Human Rights
EFTA European Free Trade Association|EPA Environmental Protection Agency|ETA estimated time of arrival
EU European Union|FBI Federal Bureau of Investigation|FCC Federal Communications Commission
FDA Food and Drug Administration|FTC Federal Trade Commission|FTP file transfer protocol|GCP Google Cloud Platform
GDP gross domestic product|GDPR General Data Protection Regulation|GP general practitioner
GPS global positioning system|GPU graphics processing unit|GUI graphical user interface
HIV human immunodeficiency virus|HPC high-performance computing|HR human resources|HTML hypertext markup language
HTTP hypertext transfer protocol|ICC International Criminal Court|ICU intensive care unit
IDE integrated development environment|ILO International Labour Organization|IMF International Monetary Fund
IP intellectual property|IPCC Intergovernmental Panel on Climate Change|IPO initial public offering
IRA Irish Republican Army|IRC Internet Relay Chat|IRS Internal Revenue Service|ISP internet service provider
IVF in vitro fertilisation|IoT internet of things|JPEG Joint Photographic Experts Group|KPI key performance indicator
LAN local area network|LCD lowest common denominator|LLM large language model|MCP model context protocol
MIT Massachusetts Institute of Technology|ML machine learning|MP member of parliament|MRI magnetic resonance imaging
MVC model view controller|MVP minimum viable product|NASA National Aeronautics and Space Administration
NATO North Atlantic Treaty Organization|NBA National Basketball Association|NFL National Football League
NGO non-governmental organisation|NHS National Health Service|NLP natural language processing
NRA National Rifle Association|NSA National Security Agency|OCD obsessive-compulsive disorder
OECD Organisation for Economic Co-operation and Development|OOP object-oriented programming
OPEC Organization of the Petroleum Exporting Countries|ORM object-relational mapping|OS operating system
OSCE Organization for Security and Co-operation in Europe|OSS open source software|PDF portable document format
PM prime minister|PR public relations|PTSD post-traumatic stress disorder|QA quality assurance
RAM random access memory|RNC Republican National Committee|ROI return on investment|RSS really simple syndication
SDK software development kit|SEC Securities and Exchange Commission|SEO search engine optimization
SRE site reliability engineering|SaaS software as a service|TCP Transmission Control Protocol
TDD test-driven development|TV television|UAE United Arab Emirates|UFC Ultimate Fighting Championship
UI user interface|UK United Kingdom|UML Unified Modeling Language|UN United Nations
UNHCR United Nations High Commissioner for Refugees|US United States|USA United States of America|UX user experience
VAT value added tax|VC venture capital|VPN virtual private network|VR virtual reality|WASM WebAssembly
WHO World Health Organization|WTO World Trade Organization|WWW World Wide Web|ABC|BIOS|BRICS|COP|CORS|CSV|ESA|FIFA|GAN
IBM|ISIS|ISO|JSON|NFT|PHP|PSA|REST|RNN|SMS|SQL|SSD|SSL|STEM|UEFA|URL|USB|XML
"""
COMMON: dict[str, str] = dict(re.findall(r"([^\s|]+)(?: ([^|\n]+))?", _LISTED))
"""By the short form; nothing where it is rarely spelt out."""
ALSO_WORDS = frozenset(
    re.findall(r"\w+", "am ar ci cop cv dom gp hr ide ip ira mp os pm pr ram rest sec stem un us vat")
)
"""Acronyms that in small letters may be anything."""
